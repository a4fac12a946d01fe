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
        foreach (var relation in graph.OwnRelations)
        {
            var subjects = relation.Subjects;
            for (var row = 0; row < subjects.Length; row++)
                if (isWanted(relation.OriginOf(row))) ends[ranks[subjects[row]]]++;
        }

        cancellation.ThrowIfCancellationRequested();
        var count = 0;
        for (var rank = 0; rank < ends.Length; rank++) (ends[rank], count) = (count, count + ends[rank]);

        // Grouped by subject, each fact is one number that sorts by predicate, then object.
        var facts = new ulong[count];
        foreach (var relation in graph.OwnRelations)
        {
            var subjects = relation.Subjects;
            var objects = relation.Objects;
            var predicate = (ulong)(uint)ranks[relation.Predicate] << 32;
            for (var row = 0; row < subjects.Length; row++)
                if (isWanted(relation.OriginOf(row))) facts[ends[ranks[subjects[row]]]++] = predicate | (uint)ranks[objects[row]];
        }

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
        foreach (var relation in graph.OwnRelations)
        {
            var subjects = relation.Subjects;
            var objects = relation.Objects;
            var isUsed = false;
            for (var row = 0; row < subjects.Length; row++)
            {
                if (!isWanted(relation.OriginOf(row))) continue;
                Use(subjects[row]);
                Use(objects[row]);
                isUsed = true;
            }

            if (isUsed) Use(relation.Predicate);
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

    private sealed class LineBuffer(Stream output)
    {
        private byte[] _bytes = new byte[1 << 17];
        private int _count;

        /// <summary>Adds a line of texts that each end in a space.</summary>
        public void Add(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object)
        {
            var length = subject.Length + predicate.Length + @object.Length + ".\n"u8.Length;
            if (length > _bytes.Length - _count) Flush();
            if (length > _bytes.Length) _bytes = new byte[length];
            Put(subject);
            Put(predicate);
            Put(@object);
            Put(".\n"u8);
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
