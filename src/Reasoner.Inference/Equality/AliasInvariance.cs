using System.Collections.Immutable;
using Reasoner.Rules;

namespace Reasoner.Inference;

/// <summary>
/// Decides whether a rule gives the same, up to equality, whichever of several equal resources its variables hold. Such a
/// rule may be evaluated over one representative of each. Literals are never represented by others, so what a rule asks of
/// a literal does not matter; of a resource it may only ask which facts it has.
/// </summary>
/// <remarks>
/// Allowed are triple patterns without triple terms, heads without new terms, and these filters: any expression in which a
/// variable stands only where every resource gives the same (as in <c>?n &lt; 3</c>, <c>DATATYPE(?n) = xsd:integer</c>,
/// <c>?n != "x"</c>) or that a FILTER(isLITERAL(?n)) keeps to literals, and "the two differ", where all that the rule derives is that the same two are owl:sameAs: for two
/// that are equal already it would say nothing new (prp-fp, prp-ifp, prp-key, cls-maxc2, cls-maxqc3/4). Not allowed are
/// NOT, SET, DATA, and whatever else reads or compares the terms themselves.
/// </remarks>
internal static class AliasInvariance
{
    /// <summary>What an expression's value depends on.</summary>
    private enum Dependence
    {
        /// <summary>On which of several equal resources a variable holds.</summary>
        Alias,

        /// <summary>It is a variable: a resource's value is another for each alias.</summary>
        Variable,

        /// <summary>On no alias; the value may be any term.</summary>
        Nothing,

        /// <summary>On no alias; the value is a literal or an error.</summary>
        NothingLiteral,
    }

    /// <summary>Whether the rule may be evaluated over representatives.</summary>
    public static bool Holds(Rule rule) =>
        !rule.MatchesDataOnly
        && !rule.IsRunOnce
        && rule.Head.All(HasPlainTerms)
        && rule.Body.All(element => element switch
        {
            PatternElement { Pattern: var pattern } => HasPlainTerms(pattern),
            FilterElement { Expression: var expression } =>
                DependenceOf(expression, rule) >= Dependence.Nothing || IsDifferenceOfWhatIsSame(expression, rule),
            _ => false,
        });

    private static bool HasPlainTerms(TriplePattern pattern) => pattern.Terms.All(term => term is ConstantTerm or Variable);

    /// <summary>Whether the filter says that two variables differ, and the rule says nothing but that they are the same.</summary>
    private static bool IsDifferenceOfWhatIsSame(Expression filter, Rule rule)
    {
        if (DifferentTerms(filter, rule) is not var (left, right)) return false;
        return rule.Head.All(template =>
            template is { Subject: Variable subject, Predicate: ConstantTerm predicate, Object: Variable @object }
            && predicate.Term == EqualityRules.SameAs
            && ((subject.Name == left && @object.Name == right) || (subject.Name == right && @object.Name == left)));
    }

    private static (string Left, string Right)? DifferentTerms(Expression filter, Rule rule)
    {
        // SPARQL's = compares values: only of resources is it known to compare terms.
        if (filter is CallExpression { Function: Function.Not, Arguments: [CallExpression { Function: Function.SameTerm or Function.Equal } same] })
            return Variables(same, same.Function == Function.SameTerm);
        return filter is CallExpression { Function: Function.NotEqual } different ? Variables(different, comparesTerms: false) : null;

        (string, string)? Variables(CallExpression call, bool comparesTerms) =>
            call.Arguments is [VariableExpression left, VariableExpression right]
            && (comparesTerms || (IsSubject(left.Name, rule) && IsSubject(right.Name, rule)))
                ? (left.Name, right.Name)
                : null;
    }

    private static bool IsSubject(string variable, Rule rule) => rule.Body.Any(element =>
        element is PatternElement { Pattern.Subject: Variable subject } && subject.Name == variable);

    private static Dependence DependenceOf(Expression expression, Rule rule) => expression switch
    {
        ConstantExpression constant => constant.Term is Rdf.Literal ? Dependence.NothingLiteral : Dependence.Nothing,
        VariableExpression variable => IsLiteral(variable.Name, rule) ? Dependence.NothingLiteral : Dependence.Variable,
        CallExpression call => DependenceOf(call.Function, [.. call.Arguments.Select(argument => DependenceOf(argument, rule))]),
        _ => Dependence.Alias,
    };

    /// <summary>Whether a filter of its own keeps resources from the variable.</summary>
    private static bool IsLiteral(string variable, Rule rule) => rule.Body.Any(element =>
        element is FilterElement { Expression: CallExpression { Function: Function.IsLiteral, Arguments: [VariableExpression argument] } }
        && argument.Name == variable);

    private static Dependence DependenceOf(Function function, ImmutableArray<Dependence> arguments)
    {
        if (arguments.Contains(Dependence.Alias)) return Dependence.Alias;
        switch (function)
        {
            case Function.Uuid or Function.StrUuid or Function.BNode:
                return Dependence.Alias;

            // A resource equals no literal; whether it equals a term that may be a resource depends on the alias.
            case Function.Equal or Function.NotEqual or Function.SameTerm or Function.In or Function.NotIn:
                return arguments.Skip(1).All(candidate => Compares(arguments[0], candidate)) ? Dependence.NothingLiteral : Dependence.Alias;

            // Of every resource these give an error, or false. DATATYPE gives an IRI that is no fact's term.
            case Function.Datatype:
                return Dependence.Nothing;
            case Function.IsLiteral or Function.IsNumeric or Function.Lang or Function.LangDir or Function.HasLang or Function.HasLangDir:
            case >= Function.Less and <= Function.UnaryMinus:
            case Function.Or or Function.And or Function.Not:
            case >= Function.Abs and <= Function.Round:
                return Dependence.NothingLiteral;
            default:
                return arguments.Contains(Dependence.Variable) ? Dependence.Alias : Dependence.Nothing;
        }
    }

    private static bool Compares(Dependence left, Dependence right) => (left, right) switch
    {
        (Dependence.Variable, Dependence.Variable) => false,
        (Dependence.Variable, _) => right == Dependence.NothingLiteral,
        (_, Dependence.Variable) => left == Dependence.NothingLiteral,
        _ => true,
    };
}
