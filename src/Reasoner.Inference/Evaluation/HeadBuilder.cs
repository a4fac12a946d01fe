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

    private bool IsSubject(HeadTerm term, int id) =>
        term is HeadBlankNode || terms.KindOf(id) is TermKind.Iri or TermKind.BlankNode;

    private int Build(RulePlan rule, HeadTerm term, int[] slots) => term switch
    {
        HeadOperand { Operand: var operand } => operand.IsVariable ? slots[operand.Slot] : operand.Constant,
        HeadTripleTerm triple =>
            terms.AddTripleTerm(Build(rule, triple.Subject, slots), Build(rule, triple.Predicate, slots), Build(rule, triple.Object, slots)),
        HeadBlankNode node => terms.Add(
            HeadBlankNodes.Make(rule.Rule, rule.Number, node.Label, rule.Variables.Select(variable => (variable.Name, terms[slots[variable.Slot]])))),
        _ => throw new InvalidOperationException($"Unknown template term {term}."),
    };
}
