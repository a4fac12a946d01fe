namespace Reasoner.Rdf.Tests.Reading;

/// <summary>Where a stream's buffer happens to end must not show.</summary>
public class ChunkBoundaryTests
{
    [Fact]
    public void Every_buffer_size_gives_the_same_calls()
    {
        foreach (var (format, bytes) in Documents.All())
        {
            var expected = Recording.Of(bytes, format);
            Assert.DoesNotContain("error", expected[^1]);
            for (var size = 1; size <= Math.Min(bytes.Length + 1, 700); size++) AssertSame(expected, bytes, format, size);
        }
    }

    [Fact]
    public void Errors_have_the_same_position_whatever_the_buffer()
    {
        var random = new Random(7);
        foreach (var (format, bytes) in Documents.All())
        {
            for (var round = 0; round < 60; round++)
            {
                var broken = FuzzTests.Mutate(bytes, random);
                var expected = Recording.Of(broken, format);
                foreach (var size in (int[])[1, 2, 3, 7, 16, 61, 256]) AssertSame(expected, broken, format, size);
            }
        }
    }

    private static void AssertSame(List<string> expected, byte[] bytes, RdfFormat format, int size)
    {
        var actual = Recording.Of(new MemoryStream(bytes), format, new RdfReaderOptions { BufferBytes = size });
        Assert.True(expected.SequenceEqual(actual), $"{format}, buffer of {size} bytes:\n{string.Join('\n', expected)}\n---\n{string.Join('\n', actual)}");
    }

    [Fact]
    public void A_long_stream_is_read_in_little_memory()
    {
        var line = "<http://example.org/subject> <http://example.org/predicate> \"object\" . # comment\n"u8.ToArray();
        var sink = new CountingSink();
        var before = GC.GetAllocatedBytesForCurrentThread();
        NTriplesReader.Read<CountingSink, int>(new RepeatingStream(line, 100_000), ref sink);
        Assert.Equal(100_000, sink.Triples);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Theory]
    [InlineData("<urn:s> <urn:p> \"", "x", "a term that starts here is longer than 1000 bytes")]
    [InlineData("<urn:", "x", "a term that starts here is longer than 1000 bytes")]
    [InlineData("_:", "x", "a term that starts here is longer than 1000 bytes")]
    [InlineData("<urn:s> <urn:p> \"\"\"", "\\n", "a term that starts here is longer than 1000 bytes")]
    public void A_term_longer_than_the_limit_is_an_error(string start, string repeated, string problem)
    {
        var text = start + string.Concat(Enumerable.Repeat(repeated, 5000));
        var options = new RdfReaderOptions { MaxTermBytes = 1000, BufferBytes = 64 };
        var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Contains(problem, Recording.Of(stream, RdfFormat.Turtle, options)[^1]);
    }

    [Fact]
    public void A_comment_may_be_longer_than_the_limit()
    {
        var options = new RdfReaderOptions { MaxTermBytes = 100, BufferBytes = 64 };
        var text = "#" + new string('x', 5000) + "\n<urn:s> <urn:p> <urn:o> .";
        Assert.Equal(["Turtle", "2: <urn:s> <urn:p> <urn:o>"], Recording.Of(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), RdfFormat.Turtle, options));
    }

    private struct CountingSink : IRdfSink<int>
    {
        public int Triples { get; private set; }

        public readonly int Iri(ReadOnlySpan<byte> iri) => 0;

        public readonly int BlankNode(ReadOnlySpan<byte> label) => 0;

        public readonly int Literal(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> datatype) => 0;

        public readonly int LanguageString(ReadOnlySpan<byte> lexicalForm, ReadOnlySpan<byte> language, BaseDirection direction) => 0;

        public readonly int TripleTerm(int subject, int predicate, int @object) => 0;

        public void Triple(int subject, int predicate, int @object, int line) => Triples++;

        public readonly void Prefix(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> iri)
        {
        }
    }

    private sealed class RepeatingStream(byte[] line, int times) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => (long)line.Length * times;

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var start = (int)(_position % line.Length);
            var read = (int)Math.Min(Math.Min(count, line.Length - start), Length - _position);
            line.AsSpan(start, read).CopyTo(buffer.AsSpan(offset));
            _position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
