using System.Diagnostics;

namespace Reasoner.Rdf.Tests.Reading;

/// <summary>Whatever the bytes, a reader gives triples or a syntax error, and soon.</summary>
public class FuzzTests
{
    private static readonly byte[][] Pieces =
        [.. new[] { "<", ">", "<<", "<<(", ")>>", ">>", "\"", "'", "\"\"\"", "'''", "[", "]", "(", ")", "{", "}", "{|", "|}", "~", ".", ",", ";", ":", "\\", "\\u", "\\U0010FFFF", "\\uD800", "^^", "@", "@en--ltr", "_:", "#", "\n", "\r", " ", "%4", "a", "true", "+", "1e", "PREFIX", "@base", "VERSION", "\0", "é", "\uFEFF" }
            .Select(System.Text.Encoding.UTF8.GetBytes), [0xFF], [0xC3], [0xE2, 0x82], [0xF0, 0x9F], [0xED, 0xA0, 0x80]];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mutated_documents_give_triples_or_a_syntax_error(int seed)
    {
        var random = new Random(seed);
        var documents = Documents.All().ToList();
        var formats = RdfFormat.All;
        var errors = 0;
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < 4000; round++)
        {
            var (format, bytes) = documents[random.Next(documents.Count)];
            for (var mutations = random.Next(1, 4); mutations > 0; mutations--) bytes = Mutate(bytes, random);
            if (random.Next(8) == 0) format = formats[random.Next(formats.Count)];
            if (Recording.Of(bytes, format)[^1].Contains("error", StringComparison.Ordinal)) errors++;
        }

        Assert.InRange(errors, 2000, 3999);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"took {clock.Elapsed}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_pieces_of_grammar_give_triples_or_a_syntax_error(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 10_000; round++)
        {
            var bytes = Enumerable.Range(0, random.Next(12)).SelectMany(_ => Pieces[random.Next(Pieces.Length)]).ToArray();
            foreach (var format in RdfFormat.All) Assert.NotEmpty(Recording.Of(bytes, format));
        }
    }

    [Fact]
    public void Random_bytes_give_a_syntax_error()
    {
        var random = new Random(1);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(8, 200)];
            random.NextBytes(bytes);
            bytes[0] = 0xFF;
            foreach (var format in RdfFormat.All) Assert.Contains("error", Recording.Of(bytes, format)[^1]);
        }
    }

    [Theory]
    [InlineData("[ :p ")]
    [InlineData("( ")]
    [InlineData("<< ")]
    [InlineData(":s :p <<( :s :p ")]
    [InlineData(":s :p :o {| :p :o ")]
    [InlineData("<urn:s> <urn:p> <<( <urn:s> <urn:p> ")]
    public void Deep_nesting_is_an_error_not_a_stack_overflow(string opening)
    {
        var isNTriples = opening.StartsWith("<urn", StringComparison.Ordinal);
        var repeated = opening[(opening.LastIndexOf(":s :p <<(", StringComparison.Ordinal) == 0 ? 6 : 0)..];
        if (isNTriples) repeated = "<<( <urn:s> <urn:p> ";
        if (opening.Contains("{|", StringComparison.Ordinal)) repeated = "{| :p :o ";
        var text = (isNTriples ? "" : "PREFIX : <urn:x:> ") + opening + string.Concat(Enumerable.Repeat(repeated, 100_000));
        var calls = Recording.Of(text, isNTriples ? RdfFormat.NTriples : RdfFormat.Turtle);
        Assert.Contains("deeper than 256", calls[^1]);
    }

    [Fact]
    public void The_deepest_nesting_allowed_fits_a_small_stack()
    {
        const int depth = 250;
        var text = "PREFIX : <urn:x:> :s :p " + string.Concat(Enumerable.Repeat("[ :p ( ", depth / 2))
            + "1" + string.Concat(Enumerable.Repeat(" ) ]", depth / 2)) + " .";
        List<string>? calls = null;
        var thread = new Thread(() => calls = Recording.Of(text, RdfFormat.Turtle), maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.DoesNotContain("error", calls![^1]);
    }

    internal static byte[] Mutate(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length + 1);
        var length = Math.Min(random.Next(1, 6), bytes.Length - at);
        return random.Next(5) switch
        {
            0 => [.. bytes[..at], .. bytes[(at + length)..]],
            1 => [.. bytes[..at], .. Pieces[random.Next(Pieces.Length)], .. bytes[at..]],
            2 => [.. bytes[..at], .. Pieces[random.Next(Pieces.Length)], .. bytes[(at + length)..]],
            3 => [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]],
            _ => bytes[..at],
        };
    }
}
