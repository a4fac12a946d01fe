namespace Reasoner.Knowledge;

/// <summary>
/// Writes facts as canonical N-Triples, lines in the order of their bytes (as <c>LC_ALL=C sort</c> gives). Works on term
/// ids: each term is formatted and ranked once, however many facts it stands in, and facts are sorted by the ranks of their
/// terms. That is the order of the lines, since no term's text starts another's but where a space sorts first.
/// </summary>
public static class FactWriter
{
    /// <summary>Writes the graph's own facts (an overlay's base left out) whose origin is wanted.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="isWanted">Tells by a fact's origin (see <see cref="Relation.OriginOf"/>) whether to write it.</param>
    /// <param name="output">Receives UTF-8; it stays open.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <returns>How many lines were written.</returns>
    public static long WriteSorted(
        KnowledgeGraph graph, Func<int, bool> isWanted, Stream output, CancellationToken cancellation = default)
    {
        var (terms, ranks) = RankTerms(graph, isWanted, cancellation);
        var ends = new int[terms.Count];
        foreach (var fact in Wanted(graph, isWanted)) ends[ranks[fact.Subject]]++;
        cancellation.ThrowIfCancellationRequested();
        var count = 0;
        for (var rank = 0; rank < ends.Length; rank++) (ends[rank], count) = (count, count + ends[rank]);

        // Grouped by subject, each fact is one number that sorts by predicate, then object.
        var facts = new ulong[count];
        foreach (var fact in Wanted(graph, isWanted))
            facts[ends[ranks[fact.Subject]]++] = ((ulong)(uint)ranks[fact.Predicate] << 32) | (uint)ranks[fact.Object];

        var lines = new LineBuffer(output);
        var start = 0;
        for (var subject = 0; subject < ends.Length; subject++)
        {
            var group = facts.AsSpan(start, ends[subject] - start);
            if (group.IsEmpty) continue;
            cancellation.ThrowIfCancellationRequested();
            group.Sort();
            foreach (var fact in group) lines.Add(terms[subject], terms[(int)(fact >> 32)], terms[(int)(uint)fact]);
            start = ends[subject];
        }

        lines.Flush();
        return count;
    }

    private static (TermPages Terms, int[] Ranks) RankTerms(KnowledgeGraph graph, Func<int, bool> isWanted, CancellationToken cancellation)
    {
        var terms = new TermPages(graph.Terms);
        var indexes = new int[graph.Terms.MaxId + 1];
        Array.Fill(indexes, -1);
        foreach (var fact in Wanted(graph, isWanted))
        {
            Use(fact.Subject);
            Use(fact.Predicate);
            Use(fact.Object);
        }

        cancellation.ThrowIfCancellationRequested();
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

    private static IEnumerable<Fact> Wanted(KnowledgeGraph graph, Func<int, bool> isWanted)
    {
        foreach (var relation in graph.OwnRelations)
            for (var row = 0; row < relation.Count; row++)
                if (isWanted(relation.OriginOf(row))) yield return new Fact(relation.Subjects[row], relation.Predicate, relation.Objects[row]);
    }

    private sealed class LineBuffer(Stream output)
    {
        private byte[] _bytes = new byte[1 << 17];
        private int _count;

        public void Add(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object)
        {
            var length = subject.Length + predicate.Length + @object.Length + " "u8.Length + " "u8.Length + " .\n"u8.Length;
            if (length > _bytes.Length - _count) Flush();
            if (length > _bytes.Length) _bytes = new byte[length];
            Put(subject);
            Put(" "u8);
            Put(predicate);
            Put(" "u8);
            Put(@object);
            Put(" .\n"u8);
        }

        public void Flush()
        {
            output.Write(_bytes, 0, _count);
            _count = 0;
        }

        private void Put(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_bytes.AsSpan(_count));
            _count += bytes.Length;
        }
    }
}
