using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>What an equality rule does.</summary>
public enum EqualityRule
{
    /// <summary>eq-sym: equality goes both ways.</summary>
    Symmetry,

    /// <summary>eq-trans: what equals an equal is equal.</summary>
    Transitivity,

    /// <summary>eq-rep-s: what is said of a term as subject is said of its equal.</summary>
    SubjectReplacement,

    /// <summary>eq-rep-p: what a property says its equal says.</summary>
    PredicateReplacement,

    /// <summary>eq-rep-o: what is said of a term as object is said of its equal.</summary>
    ObjectReplacement,
}

/// <summary>
/// The rules that make owl:sameAs an equality (OWL 2 Profiles, table 4, without eq-ref). An engine may evaluate the five
/// together by other means than as rules; it knows them by their shape alone, whoever wrote them, since only the shape
/// decides what follows.
/// </summary>
public static class EqualityRules
{
    /// <summary>owl:sameAs.</summary>
    public static readonly Iri SameAs = OwlVocabulary.SameAs;

    private static readonly ConstantTerm _sameAs = new(OwlVocabulary.SameAs);
    private static readonly FrozenDictionary<string, EqualityRule> _kinds = Make(new SourcePosition("owl:sameAs", 0, 0))
        .Select((rule, kind) => (Shape: ShapeOf(rule)!, Kind: (EqualityRule)kind))
        .ToFrozenDictionary(each => each.Shape, each => each.Kind);

    /// <summary>The five rules, in the order of <see cref="EqualityRule"/>.</summary>
    /// <param name="position">Where they stand.</param>
    public static ImmutableArray<Rule> Make(SourcePosition position)
    {
        Variable x = new("x"), y = new("y"), z = new("z"), p = new("p");
        TriplePattern Triple(PatternTerm subject, PatternTerm predicate, PatternTerm @object) =>
            new(subject, predicate, @object, position);
        Rule Rule(string origin, TriplePattern head, params ImmutableArray<TriplePattern> body) =>
            new(null, [head], [.. body.Select(pattern => new PatternElement(pattern))], false, position, origin);
        var same = Triple(x, _sameAs, y);
        return
        [
            Rule("eq-sym", Triple(y, _sameAs, x), same),
            Rule("eq-trans", Triple(x, _sameAs, z), same, Triple(y, _sameAs, z)),
            Rule("eq-rep-s", Triple(y, p, z), same, Triple(x, p, z)),
            Rule("eq-rep-p", Triple(z, y, p), same, Triple(z, x, p)),
            Rule("eq-rep-o", Triple(z, p, y), same, Triple(z, p, x)),
        ];
    }

    /// <summary>Which of the five a rule is, whatever its variables are called; null where it is none.</summary>
    public static EqualityRule? KindOf(Rule rule) =>
        ShapeOf(rule) is { } shape && _kinds.TryGetValue(shape, out var kind) ? kind : null;

    /// <summary>Whether the rule derives owl:sameAs.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="orAny">Whether to count a rule whose head may have any predicate.</param>
    public static bool MayDeriveSameAs(Rule rule, bool orAny) => rule.Head.Any(template =>
        template.Predicate is ConstantTerm { Term: var predicate } ? predicate == OwlVocabulary.SameAs : orAny);

    // The rule with its variables numbered in the order of their first use; null where it cannot be one of the five.
    private static string? ShapeOf(Rule rule)
    {
        if (rule.Head.Length != 1 || rule.Body.Length is not (1 or 2) || rule.MatchesDataOnly) return null;
        if (rule.Body[0] is not PatternElement { Pattern.Predicate: ConstantTerm } || rule.Body[^1] is not PatternElement) return null;
        var shape = new StringBuilder();
        var names = new List<string>();
        foreach (var term in rule.Head.AddRange(rule.Body.Patterns()).SelectMany(pattern => pattern.Terms))
        {
            if (term is Variable { Name: var name })
            {
                if (!names.Contains(name)) names.Add(name);
                shape.Append(CultureInfo.InvariantCulture, $"?{names.IndexOf(name)} ");
            }
            else if (term == _sameAs)
            {
                shape.Append("= ");
            }
            else
            {
                return null;
            }
        }

        return shape.ToString();
    }
}
