using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Inference;

/// <summary>Terms that are equal to each other.</summary>
internal sealed class TermClass(int term)
{
    /// <summary>The term that stands for all.</summary>
    public int Representative { get; set; } = term;

    /// <summary>The terms, the representative among them.</summary>
    public List<int> Members { get; } = [term];

    /// <summary>The terms that rules see: the representative first, then what rules name.</summary>
    public int[] Seen { get; set; } = [term];
}

/// <summary>
/// The classes of equal resources, and which term of each stands for it. Of two terms owl:sameAs comes before the other, then
/// one that rules name, then an IRI, then that with the lower id: a class that has an IRI has one that can stand as a
/// predicate, and a term that is not seen is never seen again, however classes grow.
/// </summary>
internal sealed class TermClasses(TermDictionary terms, int sameAs, Func<IReadOnlySet<int>> constants)
{
    private TermClass?[] _classes = [];

    /// <summary>Whether there is no class yet.</summary>
    public bool IsEmpty => _classes.Length == 0;

    /// <summary>The term's class; null for a term that equals no other.</summary>
    public TermClass? Of(int term) => (uint)term < (uint)_classes.Length ? _classes[term] : null;

    /// <summary>The term that stands for the term.</summary>
    public int RepresentativeOf(int term) => Of(term)?.Representative ?? term;

    /// <summary>Whether the two are known to be equal.</summary>
    public bool AreEqual(int left, int right) => left == right || (Of(left) is { } known && known == Of(right));

    /// <summary>The members of a term's class; the term alone where it has none.</summary>
    public IReadOnlyList<int> MembersOf(int term) => Of(term)?.Members ?? (IReadOnlyList<int>)[term];

    /// <summary>The terms for a term that rules see.</summary>
    public ReadOnlySpan<int> SeenFor(in int term) => Of(term) is { } known ? known.Seen : new ReadOnlySpan<int>(in term);

    /// <summary>Whether rules see the term.</summary>
    public bool IsSeen(int term) => Of(term) is not { } known || known.Seen.Contains(term);

    /// <summary>Whether the first is to represent the second.</summary>
    public bool Precedes(int first, int second)
    {
        var (left, right) = (OrderOf(first), OrderOf(second));
        return left != right ? left < right : first < second;
    }

    /// <summary>Puts two classes, or terms that have none, together. The first's representative is to precede the second's.</summary>
    public TermClass Join(int first, int second)
    {
        if (IsEmpty) _classes = new TermClass?[terms.MaxId + 1];
        var representative = RepresentativeOf(first);
        var named = constants();
        int[] others = [.. SeenFor(first), .. SeenFor(second)];
        var (larger, smaller) = (Of(first) ?? new TermClass(first), Of(second) ?? new TermClass(second));
        if (larger.Members.Count < smaller.Members.Count) (larger, smaller) = (smaller, larger);
        larger.Members.AddRange(smaller.Members);
        larger.Representative = representative;
        larger.Seen = [representative, .. others.Where(term => term != representative && named.Contains(term))];
        _classes[first] = _classes[second] = larger;
        foreach (var member in smaller.Members) _classes[member] = larger;
        return larger;
    }

    private int OrderOf(int term) =>
        term == sameAs ? 0 : constants().Contains(term) ? 1 : terms.KindOf(term) == TermKind.Iri ? 2 : 3;
}
