namespace Reasoner.Rdf;

/// <summary>
/// Whether two graphs are the same but for the labels of their blank nodes (RDF 1.2 Concepts, graph isomorphism). Blank
/// nodes are told apart by hashes of what surrounds them, refined until nothing more is told apart; nodes that are still
/// alike are matched by trying.
/// </summary>
public static class GraphIsomorphism
{
    /// <summary>Whether two sets of triples are isomorphic. Order and repetition do not matter.</summary>
    /// <param name="left">One graph.</param>
    /// <param name="right">The other graph.</param>
    /// <param name="maxTrials">How many matches of alike nodes may be tried.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="InvalidOperationException">The answer was not found within the trials.</exception>
    public static bool AreIsomorphic(
        IEnumerable<Triple> left, IEnumerable<Triple> right, int maxTrials = 10_000, CancellationToken cancellation = default)
    {
        var leftGraph = new BlankGraph(left);
        var rightGraph = new BlankGraph(right);
        if (leftGraph.NodeCount != rightGraph.NodeCount || leftGraph.TripleCount != rightGraph.TripleCount) return false;
        if (!leftGraph.Ground.SetEquals(rightGraph.Ground)) return false;
        var search = new Search(leftGraph, rightGraph, maxTrials, cancellation);
        return search.Matches(new ulong[leftGraph.NodeCount], new ulong[rightGraph.NodeCount]);
    }

    /// <summary>One search: individualise a node on both sides, refine, and go on until every node stands alone.</summary>
    private sealed class Search(BlankGraph left, BlankGraph right, int maxTrials, CancellationToken cancellation)
    {
        private int _trials;

        public bool Matches(ulong[] leftColours, ulong[] rightColours)
        {
            // Choices wait on a stack of their own, so that the thread's does not grow with the graph.
            var open = new Stack<Choice>();
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                if (++_trials > maxTrials)
                    throw new InvalidOperationException($"The graphs' blank nodes are too much alike to be compared within {maxTrials} trials.");
                if (IsMatch(leftColours, rightColours, out var choice)) return true;
                if (choice is not null) open.Push(choice);
                while (open.TryPeek(out var last) && !last.TryNext(out rightColours)) open.Pop();
                if (open.Count == 0) return false;
                leftColours = open.Peek().Left;
            }
        }

        private bool IsMatch(ulong[] leftColours, ulong[] rightColours, out Choice? choice)
        {
            choice = null;
            var leftRefined = left.Refine(leftColours, cancellation);
            var rightRefined = right.Refine(rightColours, cancellation);
            if (!leftRefined.Order().SequenceEqual(rightRefined.Order())) return false;
            if (!TrySmallestClass(leftRefined, out var colour)) return left.IsSameUnder(leftRefined, right, rightRefined);
            choice = new Choice(leftRefined, rightRefined, colour, Mix(colour, (ulong)_trials));
            return false;
        }

        private static bool TrySmallestClass(ulong[] colours, out ulong colour)
        {
            var smallest = colours.CountBy(c => c).Where(c => c.Value > 1).OrderBy(c => c.Value).ThenBy(c => c.Key).FirstOrDefault();
            colour = smallest.Key;
            return smallest.Value > 1;
        }
    }

    /// <summary>A node of the left graph that is singled out, and the right graph's nodes like it, tried in turn.</summary>
    private sealed class Choice(ulong[] left, ulong[] right, ulong colour, ulong mark)
    {
        private int _candidate = -1;

        public ulong[] Left { get; } = Recoloured(left, Array.IndexOf(left, colour), mark);

        public bool TryNext(out ulong[] recoloured)
        {
            _candidate = Array.IndexOf(right, colour, _candidate + 1);
            recoloured = _candidate < 0 ? right : Recoloured(right, _candidate, mark);
            return _candidate >= 0;
        }

        private static ulong[] Recoloured(ulong[] colours, int node, ulong colour)
        {
            var copy = (ulong[])colours.Clone();
            copy[node] = colour;
            return copy;
        }
    }

    /// <summary>A graph seen by its blank nodes, which are numbered.</summary>
    private sealed class BlankGraph
    {
        private readonly Dictionary<BlankNode, int> _nodes = [];
        private readonly List<Triple> _triples = [];
        private readonly List<int[]> _nodesOfTriple = [];

        public BlankGraph(IEnumerable<Triple> triples)
        {
            var found = new List<int>();
            foreach (var triple in triples.ToHashSet())
            {
                found.Clear();
                Number(triple, found);
                if (found.Count == 0)
                {
                    Ground.Add(triple);
                    continue;
                }

                _triples.Add(triple);
                _nodesOfTriple.Add(found.Distinct().ToArray());
            }
        }

        public HashSet<Triple> Ground { get; } = [];

        public int NodeCount => _nodes.Count;

        public int TripleCount => _triples.Count;

        private void Number(Triple triple, List<int> found)
        {
            Number(triple.Subject, found);
            Number(triple.Predicate, found);
            Number(triple.Object, found);
        }

        private void Number(Term term, List<int> found)
        {
            if (term is TripleTerm inner) Number(inner.Triple, found);
            if (term is not BlankNode node) return;
            if (!_nodes.TryGetValue(node, out var number)) _nodes[node] = number = _nodes.Count;
            found.Add(number);
        }

        /// <summary>Refines colours until a round tells no more nodes apart.</summary>
        public ulong[] Refine(ulong[] colours, CancellationToken cancellation)
        {
            var classes = colours.Distinct().Count();
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                var next = new ulong[colours.Length];
                for (var node = 0; node < next.Length; node++) next[node] = Mix(colours[node], 1);
                for (var i = 0; i < _triples.Count; i++)
                {
                    // A sum, because the order of triples must not matter.
                    foreach (var node in _nodesOfTriple[i]) next[node] += Mix(HashOf(_triples[i], colours, node), 2);
                }

                var refined = next.Distinct().Count();
                if (refined <= classes) return next;
                classes = refined;
                colours = next;
            }
        }

        private ulong HashOf(Triple triple, ulong[] colours, int self) =>
            Mix(Mix(Mix(3, HashOf(triple.Subject, colours, self)), HashOf(triple.Predicate, colours, self)), HashOf(triple.Object, colours, self));

        private ulong HashOf(Term term, ulong[] colours, int self) => term switch
        {
            BlankNode node => _nodes[node] == self ? 5 : Mix(colours[_nodes[node]], 7),
            TripleTerm inner => HashOf(inner.Triple, colours, self),
            _ => (uint)term.GetHashCode(),
        };

        /// <summary>Whether matching nodes of equal colour, each of which stands alone, makes the graphs the same.</summary>
        public bool IsSameUnder(ulong[] colours, BlankGraph other, ulong[] otherColours)
        {
            var otherNodes = new BlankNode[otherColours.Length];
            foreach (var (node, number) in other._nodes) otherNodes[number] = node;
            var byColour = new Dictionary<ulong, BlankNode>();
            for (var number = 0; number < otherColours.Length; number++) byColour[otherColours[number]] = otherNodes[number];
            var renamed = _triples.Select(triple => Renamed(triple, node => byColour[colours[_nodes[node]]]));
            return other._triples.ToHashSet().SetEquals(renamed);
        }

        private static Triple Renamed(Triple triple, Func<BlankNode, BlankNode> rename) =>
            new(Renamed(triple.Subject, rename), Renamed(triple.Predicate, rename), Renamed(triple.Object, rename));

        private static Term Renamed(Term term, Func<BlankNode, BlankNode> rename) => term switch
        {
            BlankNode node => rename(node),
            TripleTerm inner => new TripleTerm(Renamed(inner.Triple, rename)),
            _ => term,
        };
    }

    // The finaliser of splitmix64.
    private static ulong Mix(ulong left, ulong right)
    {
        var mixed = (left * 0x9E3779B97F4A7C15) ^ right;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
