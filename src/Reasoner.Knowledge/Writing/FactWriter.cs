using System.Numerics;

namespace Reasoner.Knowledge;

/// <summary>
/// Writes facts as canonical N-Triples, lines in the order of their bytes (as <c>LC_ALL=C sort</c> gives). Works on term
/// ids: each term is formatted and ranked once, however many facts it stands in, and facts are sorted by the ranks of their
/// terms. That is the order of the lines, since no term's text starts another's but where a space sorts first. The facts of
/// different subjects are sorted and formatted side by side, and written in order.
/// </summary>
public static class FactWriter
{
    /// <summary>About so many facts are sorted and formatted at a time, and then written.</summary>
    private const int BlockSize = 1 << 15;

    /// <summary>Writes the graph's own facts (an overlay's base left out) whose origin is wanted.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="isWanted">Tells by a fact's origin (see <see cref="Relation.OriginOf"/>) whether to write it.</param>
    /// <param name="output">Receives UTF-8; it stays open.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <returns>How many lines were written.</returns>
    public static long WriteSorted(
        KnowledgeGraph graph, Func<int, bool> isWanted, Stream output, CancellationToken cancellation = default)
    {
        var runs = WantedRuns(graph, isWanted);
        var (terms, ranks) = RankTerms(graph.Terms, runs, cancellation);
        var (facts, ends) = GroupBySubject(runs, ranks, terms.Count);
        cancellation.ThrowIfCancellationRequested();
        var blocks = new Blocks(terms, facts, ends);
        var buffers = new Queue<LineBuffer>();
        var pending = new Queue<Task<LineBuffer>>();
        for (var start = 0; start < ends.Length || pending.Count > 0;)
        {
            if (start < ends.Length && pending.Count < Environment.ProcessorCount)
            {
                var (first, end) = (start, blocks.EndFrom(start));
                var buffer = buffers.TryDequeue(out var used) ? used : new LineBuffer();
                // What fits into one block is not worth a thread.
                pending.Enqueue(first == 0 && end == ends.Length
                    ? Task.FromResult(blocks.Format(first, end, buffer))
                    : Task.Run(() => blocks.Format(first, end, buffer), cancellation));
                start = end;
                continue;
            }

            var formatted = pending.Dequeue().GetAwaiter().GetResult();
            cancellation.ThrowIfCancellationRequested();
            output.Write(formatted.Bytes);
            formatted.Clear();
            buffers.Enqueue(formatted);
        }

        return facts.Length;
    }

    private static List<(Relation Relation, int Start, int End)> WantedRuns(KnowledgeGraph graph, Func<int, bool> isWanted)
    {
        var runs = new List<(Relation, int, int)>();
        foreach (var relation in graph.OwnRelations)
        {
            for (var i = 0; i < relation.RunCount; i++)
            {
                var (start, end, origin) = relation.RunAt(i);
                if (!isWanted(origin)) continue;
                if (runs.Count > 0 && runs[^1] is var (last, from, to) && last == relation && to == start) runs[^1] = (relation, from, end);
                else runs.Add((relation, start, end));
            }
        }

        return runs;
    }

    private static (TermPages Terms, int[] Ranks) RankTerms(
        TermDictionary dictionary, List<(Relation Relation, int Start, int End)> runs, CancellationToken cancellation)
    {
        var terms = new TermPages(dictionary);
        var indexes = new int[dictionary.MaxId + 1];
        Array.Fill(indexes, -1);
        foreach (var (relation, start, end) in runs)
        {
            cancellation.ThrowIfCancellationRequested();
            Use(relation.Predicate);
            foreach (var subject in relation.Subjects[start..end]) Use(subject);
            foreach (var @object in relation.Objects[start..end]) Use(@object);
        }

        var rankOf = terms.Sort();
        for (var id = 0; id < indexes.Length; id++)
            if (indexes[id] >= 0) indexes[id] = rankOf[indexes[id]];
        return (terms, indexes);

        void Use(int id)
        {
            if (indexes[id] >= 0) return;
            indexes[id] = terms.Count;
            terms.Add(id);
        }
    }

    /// <summary>
    /// The facts grouped by the rank of their subject, each as the rank of its predicate above that of its object; those of
    /// one subject are in order of predicate already. With each subject's end.
    /// </summary>
    private static (ulong[] Facts, int[] Ends) GroupBySubject(List<(Relation Relation, int Start, int End)> runs, int[] ranks, int termCount)
    {
        var ends = new int[termCount];
        foreach (var (relation, start, end) in runs)
            foreach (var subject in relation.Subjects[start..end]) ends[ranks[subject]]++;
        var count = 0;
        for (var rank = 0; rank < ends.Length; rank++) (ends[rank], count) = (count, checked(count + ends[rank]));

        var facts = new ulong[count];
        foreach (var (relation, start, end) in runs.OrderBy(run => ranks[run.Relation.Predicate]))
        {
            var predicate = (ulong)(uint)ranks[relation.Predicate] << 32;
            var subjects = relation.Subjects[start..end];
            var objects = relation.Objects[start..end];
            for (var i = 0; i < subjects.Length; i++) facts[ends[ranks[subjects[i]]]++] = predicate | (uint)ranks[objects[i]];
        }

        return (facts, ends);
    }

    /// <summary>Sorts and formats the facts of some subjects. Different subjects may be formatted by different threads.</summary>
    private sealed class Blocks(TermPages terms, ulong[] facts, int[] ends)
    {
        /// <summary>The subject at which a block from the given one on ends.</summary>
        public int EndFrom(int subject)
        {
            var start = StartOf(subject);
            while (subject < ends.Length && ends[subject] - start < BlockSize) subject++;
            return Math.Min(subject + 1, ends.Length);
        }

        public LineBuffer Format(int firstSubject, int endSubject, LineBuffer lines)
        {
            var bits = Array.Empty<ulong>();
            for (var subject = firstSubject; subject < endSubject; subject++)
            {
                var group = facts.AsSpan(StartOf(subject)..ends[subject]);
                for (int start = 0, end; start < group.Length; start = end)
                {
                    var predicate = group[start] >> 32;
                    for (end = start + 1; end < group.Length && group[end] >> 32 == predicate;) end++;
                    Sort(group[start..end], ref bits);
                    lines.Start(terms[subject], terms[(int)predicate]);
                    foreach (var fact in group[start..end]) lines.Add(terms.EndOfLine((int)(uint)fact));
                }
            }

            return lines;
        }

        private int StartOf(int subject) => subject == 0 ? 0 : ends[subject - 1];

        /// <summary>Sorts facts that differ in their object only; many among few terms by setting bits and reading them in order.</summary>
        private void Sort(Span<ulong> run, ref ulong[] bits)
        {
            if (run.Length < 64 || terms.Count / 64 > run.Length)
            {
                run.Sort();
                return;
            }

            if (bits.Length == 0) bits = new ulong[(terms.Count / 64) + 1];
            foreach (var fact in run) bits[(uint)fact / 64] |= 1UL << (int)((uint)fact % 64);
            var predicate = run[0] >> 32 << 32;
            var count = 0;
            for (var word = 0; word < bits.Length; word++)
            {
                for (var rest = bits[word]; rest != 0; rest &= rest - 1)
                    run[count++] = predicate | ((uint)word * 64) | (uint)BitOperations.TrailingZeroCount(rest);
                bits[word] = 0;
            }
        }
    }

    /// <summary>Lines put together from texts.</summary>
    private sealed class LineBuffer
    {
        private byte[] _bytes = new byte[1 << 20];
        private byte[] _start = new byte[256];
        private int _count;
        private int _startLength;

        public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _count);

        public void Clear() => _count = 0;

        /// <summary>Sets what the next lines start with.</summary>
        public void Start(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate)
        {
            _startLength = subject.Length + predicate.Length;
            if (_startLength > _start.Length) _start = new byte[_startLength * 2];
            subject.CopyTo(_start);
            predicate.CopyTo(_start.AsSpan(subject.Length));
        }

        /// <summary>Adds a line that ends with the text.</summary>
        public void Add(ReadOnlySpan<byte> end)
        {
            var length = _startLength + end.Length;
            if (length > _bytes.Length - _count) Grow(length);
            var line = _bytes.AsSpan(_count, length);
            _start.AsSpan(0, _startLength).CopyTo(line);
            end.CopyTo(line[_startLength..]);
            _count += length;
        }

        private void Grow(int length) =>
            Array.Resize(ref _bytes, checked((int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, (long)_count + length))));
    }
}
