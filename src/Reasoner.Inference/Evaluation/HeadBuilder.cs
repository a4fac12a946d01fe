using Reasoner.Knowledge;
using Reasoner.Rdf;

namespace Reasoner.Inference;

/// <summary>Fills a rule's templates from a solution's slots.</summary>
internal sealed class HeadBuilder(TermDictionary terms)
{
    /// <summary>The fact that the template says; false where it would be no RDF triple (a literal subject, say).</summary>
    public bool TryBuild(RulePlan rule, HeadTemplate head, int[] slots, out Fact fact)
    {
        fact = new Fact(Build(rule, head.Subject, slots), Build(rule, head.Predicate, slots), Build(rule, head.Object, slots));
        return IsSubject(head.Subject, fact.Subject) && (head.Relation >= 0 || terms.KindOf(fact.Predicate) == TermKind.Iri);
    }

    private bool IsSubject(HeadPlace place, int id) =>
        place.Made is MadeBlankNode || terms.KindOf(id) is TermKind.Iri or TermKind.BlankNode;

    private int Build(RulePlan rule, HeadPlace place, int[] slots) => place.Made switch
    {
        null => place.Operand.IsVariable ? slots[place.Operand.Slot] : place.Operand.Constant,
        MadeTripleTerm triple =>
            terms.AddTripleTerm(Build(rule, triple.Subject, slots), Build(rule, triple.Predicate, slots), Build(rule, triple.Object, slots)),
        MadeBlankNode node => terms.Add(
            HeadBlankNodes.Make(rule.Rule, rule.Number, node.Label, rule.Variables.Select(variable => (variable.Name, terms[slots[variable.Slot]])))),
        _ => throw new InvalidOperationException($"Unknown template term {place.Made}."),
    };
}
