using System.Collections.Immutable;
using System.Globalization;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;

namespace Reasoner.Benchmarks;

/// <summary>
/// Writes facts and rules of triple patterns and (in)equalities as clingo, SWI-Prolog and EYE programs. clingo and Prolog get
/// their own idiom, which is cheaper for them than triples: a predicate for each property and class, a symbol for each term.
/// </summary>
internal static class PeerRules
{
    private static readonly Datalog _clingo = new("!=", "=");
    private static readonly Datalog _prolog = new("\\==", "==");

    /// <summary>Writes <c>.lp</c>, <c>.pl</c> and, for facts that EYE reads as RDF, <c>.n3</c>.</summary>
    public static void Write(string path, KnowledgeGraph graph, ImmutableArray<Rule> rules)
    {
        WriteClingo(path + ".lp", graph, rules);
        WriteProlog(path + ".pl", graph, rules);
        File.WriteAllLines(
            path + ".n3",
            rules.Select(rule => $"{{ {string.Join(" . ", rule.Body.Select(Notation3))} }} => {{ {string.Join(" . ", rule.Head.Select(Notation3))} }} .")
                .Prepend("@prefix log: <http://www.w3.org/2000/10/swap/log#> ."));
    }

    private static void WriteClingo(string file, KnowledgeGraph graph, ImmutableArray<Rule> rules)
    {
        using var text = new StreamWriter(file);
        foreach (var fact in graph.Match()) text.WriteLine(_clingo.Fact(graph, fact, Datalog.Predicate(graph, fact)) + ".");
        foreach (var rule in rules)
            foreach (var head in rule.Head)
                text.WriteLine(_clingo.Clause(graph.Terms, rule, head));
    }

    /// <summary>Predicates that rules conclude are tabled; their given facts get a name with _0 and a rule that takes them over.</summary>
    private static void WriteProlog(string file, KnowledgeGraph graph, ImmutableArray<Rule> rules)
    {
        using var text = new StreamWriter(file);
        var concluded = rules.SelectMany(rule => rule.Head).Select(head => _prolog.Predicate(graph.Terms, head)).ToHashSet();
        var read = rules.SelectMany(rule => rule.Body).OfType<PatternElement>().Select(element => _prolog.Predicate(graph.Terms, element.Pattern));
        var given = graph.Match().GroupBy(fact => Datalog.Predicate(graph, fact)).ToList();
        text.WriteLine(":- style_check(-discontiguous).\n:- style_check(-singleton).");
        text.WriteLine($":- table {string.Join(", ", concluded)} as subsumptive.");
        foreach (var unknown in read.Except(concluded).Except(given.Select(group => group.Key))) text.WriteLine($":- dynamic {unknown}.");
        foreach (var group in given)
        {
            var isConcluded = concluded.Contains(group.Key);
            foreach (var fact in group) text.WriteLine(_prolog.Fact(graph, fact, isConcluded ? group.Key with { Name = group.Key.Name + "_0" } : group.Key) + ".");
            if (isConcluded) text.WriteLine($"{group.Key.Name}({group.Key.Variables}) :- {group.Key.Name}_0({group.Key.Variables}).");
        }

        foreach (var rule in rules)
            foreach (var head in rule.Head)
                text.WriteLine(_prolog.Clause(graph.Terms, rule, head));
        foreach (var predicate in concluded.Concat(given.Select(group => group.Key).Where(key => !concluded.Contains(key))))
            text.WriteLine($"all({predicate.Name}({predicate.Variables})).");
        text.WriteLine($"""
            main :- findall(N, (all(G), aggregate_all(count, G, N)), Ns), sum_list(Ns, F), D is F - {graph.Count}, format("derived ~d~n", [D]).
            """);
    }

    private static string Notation3(BodyElement element) => element switch
    {
        PatternElement pattern => Notation3(pattern.Pattern),
        FilterElement filter => Comparison.Of(filter) is var (left, right, isEqual)
            ? $"{Notation3(left)} {(isEqual ? "log:equalTo" : "log:notEqualTo")} {Notation3(right)}" : "",
        _ => throw Unsupported(element),
    };

    private static string Notation3(TriplePattern pattern) => string.Join(' ', pattern.Terms.Select(Notation3));

    private static string Notation3(PatternTerm term) => term is Variable variable ? "?" + Symbol(variable) : term.ToString()!;

    private static string Symbol(Variable variable) => "V" + string.Concat(variable.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static NotSupportedException Unsupported(object what) => new($"Other programs' rules have no {what.GetType().Name}.");

    /// <summary>A predicate: a class, of one argument, or a property, of two.</summary>
    private readonly record struct Relation(string Name, int Arguments)
    {
        public string Variables => Arguments == 1 ? "X" : "X,Y";

        public override string ToString() => $"{Name}/{Arguments}";
    }

    /// <summary>An equality or inequality of two terms.</summary>
    private readonly record struct Comparison(PatternTerm Left, PatternTerm Right, bool IsEqual)
    {
        public static Comparison Of(FilterElement filter) => Of(filter.Expression, isEqual: true);

        private static Comparison Of(Expression expression, bool isEqual) => expression switch
        {
            CallExpression { Function: Function.Not, Arguments: [var inner] } => Of(inner, !isEqual),
            CallExpression { Function: Function.SameTerm or Function.Equal, Arguments: [var left, var right] } => new(Term(left), Term(right), isEqual),
            CallExpression { Function: Function.NotEqual, Arguments: [var left, var right] } => new(Term(left), Term(right), !isEqual),
            _ => throw Unsupported(expression),
        };

        private static PatternTerm Term(Expression expression) => expression switch
        {
            VariableExpression variable => new Variable(variable.Name),
            ConstantExpression constant => new ConstantTerm(constant.Term),
            _ => throw Unsupported(expression),
        };
    }

    /// <summary>The notation that clingo and Prolog share.</summary>
    private sealed class Datalog(string notEqual, string equal)
    {
        public static Relation Predicate(KnowledgeGraph graph, Fact fact) =>
            graph.Terms[fact.Predicate] == RdfVocabulary.Type ? new(Name("c", fact.Object), 1) : new(Name("p", fact.Predicate), 2);

        public Relation Predicate(TermDictionary terms, TriplePattern pattern)
        {
            if (pattern.Predicate is not ConstantTerm predicate) throw Unsupported(pattern.Predicate);
            if (predicate.Term != RdfVocabulary.Type) return new(Name("p", terms.Add(predicate.Term)), 2);
            return pattern.Object is ConstantTerm type ? new(Name("c", terms.Add(type.Term)), 1) : throw Unsupported(pattern.Object);
        }

        public string Fact(KnowledgeGraph graph, Fact fact, Relation predicate) =>
            predicate.Arguments == 1 ? $"{predicate.Name}({Name("t", fact.Subject)})" : $"{predicate.Name}({Name("t", fact.Subject)},{Name("t", fact.Object)})";

        public string Clause(TermDictionary terms, Rule rule, TriplePattern head) =>
            $"{Atom(terms, head)} :- {string.Join(", ", rule.Body.Select(element => Element(terms, element)))}.";

        private string Element(TermDictionary terms, BodyElement element) => element switch
        {
            PatternElement pattern => Atom(terms, pattern.Pattern),
            FilterElement filter => Comparison.Of(filter) is var (left, right, isEqual) ? Argument(terms, left) + (isEqual ? equal : notEqual) + Argument(terms, right) : "",
            _ => throw Unsupported(element),
        };

        private string Atom(TermDictionary terms, TriplePattern pattern) => Predicate(terms, pattern) is var predicate && predicate.Arguments == 1
            ? $"{predicate.Name}({Argument(terms, pattern.Subject)})"
            : $"{predicate.Name}({Argument(terms, pattern.Subject)},{Argument(terms, pattern.Object)})";

        private static string Argument(TermDictionary terms, PatternTerm term) => term switch
        {
            Variable variable => Symbol(variable),
            ConstantTerm constant => Name("t", terms.Add(constant.Term)),
            _ => throw Unsupported(term),
        };

        private static string Name(string kind, int id) => kind + id.ToString(CultureInfo.InvariantCulture);
    }
}
