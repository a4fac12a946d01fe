using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// Whether a triple template can generate a triple that a triple pattern matches (SPARQL 1.2 RL, "Rule Dependency"):
/// unification of the two, their variables kept apart. A blank node of a head is new for each solution, so that it
/// equals itself and nothing else.
/// </summary>
internal static class PatternMatching
{
    public static bool CanMatch(TriplePattern pattern, TriplePattern template)
    {
        if (ClashOutside(pattern, template)) return false;
        return (IsPlain(pattern) && IsPlain(template)) || new Unifier().Unify(pattern, template);
    }

    // The quick answer for most pairs: two different constants in one place.
    private static bool ClashOutside(TriplePattern a, TriplePattern b) =>
        Clash(a.Predicate, b.Predicate) || Clash(a.Object, b.Object) || Clash(a.Subject, b.Subject);

    private static bool Clash(PatternTerm a, PatternTerm b) =>
        a is ConstantTerm { Term: var left } && b is ConstantTerm { Term: var right } && left != right;

    // Neither a variable twice nor a triple term: places are independent of each other.
    private static bool IsPlain(TriplePattern pattern)
    {
        var subject = NameOf(pattern.Subject);
        var predicate = NameOf(pattern.Predicate);
        var @object = NameOf(pattern.Object);
        return !HoldsTriple(pattern.Subject) && !HoldsTriple(pattern.Object)
            && (subject is null || (subject != predicate && subject != @object))
            && (predicate is null || predicate != @object);
    }

    private static string? NameOf(PatternTerm term) => (term as Variable)?.Name;

    private static bool HoldsTriple(PatternTerm term) => term is TripleTermPattern or ConstantTerm { Term: TripleTerm };

    /// <summary>Robinson's unification; terms are tagged with the side whose variables they hold.</summary>
    private sealed class Unifier
    {
        private readonly Dictionary<(string Name, bool IsTemplate), Tagged> _bindings = [];

        private readonly record struct Tagged(PatternTerm Term, bool IsTemplate);

        public bool Unify(TriplePattern pattern, TriplePattern template) =>
            Unify(new Tagged(pattern.Subject, false), new Tagged(template.Subject, true))
            && Unify(new Tagged(pattern.Predicate, false), new Tagged(template.Predicate, true))
            && Unify(new Tagged(pattern.Object, false), new Tagged(template.Object, true));

        private bool Unify(Tagged left, Tagged right)
        {
            left = Walk(left);
            right = Walk(right);
            if (left.Term is Variable variable) return Bind(variable, left.IsTemplate, right);
            if (right.Term is Variable other) return Bind(other, right.IsTemplate, left);
            if (left.Term is ConstantTerm a && right.Term is ConstantTerm b) return a.Term == b.Term;
            return Parts(left) is var (ls, lp, lo) && Parts(right) is var (rs, rp, ro)
                && Unify(ls, rs) && Unify(lp, rp) && Unify(lo, ro);
        }

        private Tagged Walk(Tagged term)
        {
            while (term.Term is Variable variable
                && _bindings.TryGetValue((variable.Name, term.IsTemplate), out var next)) term = next;
            return term;
        }

        private bool Bind(Variable variable, bool isTemplate, Tagged value)
        {
            if (value.Term is Variable same && same.Name == variable.Name
                && value.IsTemplate == isTemplate) return true;
            if (Occurs(variable, isTemplate, value)) return false;
            _bindings[(variable.Name, isTemplate)] = value;
            return true;
        }

        // No term holds itself.
        private bool Occurs(Variable variable, bool isTemplate, Tagged term)
        {
            term = Walk(term);
            if (term.Term is Variable other) return other.Name == variable.Name && term.IsTemplate == isTemplate;
            return Parts(term) is var (s, p, o)
                && (Occurs(variable, isTemplate, s) || Occurs(variable, isTemplate, p)
                    || Occurs(variable, isTemplate, o));
        }

        private static (Tagged Subject, Tagged Predicate, Tagged Object)? Parts(Tagged term) => term.Term switch
        {
            TripleTermPattern { Pattern: var p } => (
                new Tagged(p.Subject, term.IsTemplate),
                new Tagged(p.Predicate, term.IsTemplate),
                new Tagged(p.Object, term.IsTemplate)),
            ConstantTerm { Term: TripleTerm { Triple: var t } } => (
                new Tagged(new ConstantTerm(t.Subject), term.IsTemplate),
                new Tagged(new ConstantTerm(t.Predicate), term.IsTemplate),
                new Tagged(new ConstantTerm(t.Object), term.IsTemplate)),
            _ => null,
        };
    }
}
