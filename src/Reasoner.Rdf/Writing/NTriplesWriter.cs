using System.Buffers;
using System.Runtime.InteropServices;

namespace Reasoner.Rdf;

/// <summary>
/// Writes canonical N-Triples (RDF 1.2 N-Triples, section 3) or, for triples with a graph, canonical N-Quads; in UTF-8.
/// </summary>
public sealed class NTriplesWriter : IDisposable
{
    private const int FlushAt = 64 * 1024;

    private readonly ByteBuffer _pending = new();
    private readonly Stream? _stream;
    private readonly IBufferWriter<byte>? _buffer;

    /// <summary>Writes to a stream, which stays open.</summary>
    public NTriplesWriter(Stream output) => _stream = output;

    /// <summary>Writes to a buffer.</summary>
    public NTriplesWriter(IBufferWriter<byte> output) => _buffer = output;

    /// <summary>Writes a triple, of a named graph where one is given.</summary>
    /// <exception cref="ArgumentException">The triple is not RDF: a literal or triple term as subject, say.</exception>
    public void Write(in Triple triple, Term? graph = null)
    {
        AddLine(_pending, triple, graph);
        if (_pending.Length >= FlushAt) Flush();
    }

    /// <summary>Writes triples in their order.</summary>
    /// <exception cref="ArgumentException">A triple is not RDF.</exception>
    public void Write(IEnumerable<Triple> triples)
    {
        foreach (var triple in triples) Write(triple);
    }

    /// <summary>Hands everything written so far to the output.</summary>
    public void Flush()
    {
        _stream?.Write(_pending.Written);
        _buffer?.Write(_pending.Written);
        _pending.Clear();
    }

    /// <summary>Flushes. The output stays open.</summary>
    public void Dispose() => Flush();

    /// <summary>
    /// Writes a set of triples as sorted lines, each once: the same graph gives the same bytes, whatever the order of its
    /// triples. Lines are sorted by their bytes, as <c>LC_ALL=C sort</c> does. All lines are held in memory.
    /// </summary>
    /// <exception cref="ArgumentException">A triple is not RDF.</exception>
    public static void WriteSorted(IEnumerable<Triple> triples, Stream output, CancellationToken cancellation = default)
    {
        // Lines lie in blocks, so that no array grows beyond what one may hold.
        var blocks = new List<byte[]>();
        var lines = new List<(int Block, int Start, int Length)>();
        var block = new ByteBuffer();
        foreach (var triple in triples)
        {
            var start = block.Length;
            AddLine(block, triple, graph: null);
            lines.Add((blocks.Count, start, block.Length - start));
            if (block.Length < FlushAt) continue;
            cancellation.ThrowIfCancellationRequested();
            blocks.Add(block.Written.ToArray());
            block.Clear();
        }

        blocks.Add(block.Written.ToArray());
        CollectionsMarshal.AsSpan(lines).Sort((left, right) => LineAt(left).SequenceCompareTo(LineAt(right)));
        cancellation.ThrowIfCancellationRequested();
        block.Clear();
        ReadOnlySpan<byte> last = [];
        foreach (var line in lines)
        {
            var bytes = LineAt(line);
            if (bytes.SequenceEqual(last)) continue;
            last = bytes;
            block.Add(bytes);
            if (block.Length < FlushAt) continue;
            output.Write(block.Written);
            block.Clear();
        }

        output.Write(block.Written);

        ReadOnlySpan<byte> LineAt((int Block, int Start, int Length) line) => blocks[line.Block].AsSpan(line.Start, line.Length);
    }

    private static void AddLine(ByteBuffer output, in Triple triple, Term? graph)
    {
        RdfTriples.Check(triple);
        CanonicalNTriples.AddTriple(output, triple);
        if (graph is not null)
        {
            output.Add((byte)' ');
            CanonicalNTriples.AddTerm(output, graph);
        }

        output.Add(" .\n"u8);
    }
}
