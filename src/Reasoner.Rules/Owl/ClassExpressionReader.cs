using System.Collections.Immutable;
using System.Globalization;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// Turns class expressions into what rules need of them: before an implication the patterns that recognise an instance
/// (OWL 2 RL, subClassExpression), behind it what follows for one (superClassExpression). Expressions that OWL 2 RL
/// does not allow in their place are reported and give nothing.
/// </summary>
internal sealed class ClassExpressionReader(OntologyGraph ontology, List<Diagnostic> diagnostics)
{
    private const int MaximumDepth = 50;
    private const int MaximumAlternatives = 1000;

    private SourcePosition _axiom;
    private int _variables;
    private int _depth;

    /// <summary>Starts on another axiom: its position, new variables.</summary>
    public void Start(SourcePosition axiom)
    {
        _axiom = axiom;
        _variables = 0;
        _depth = 0;
    }

    public Variable NewVariable() => new("y" + (++_variables).ToString(CultureInfo.InvariantCulture));

    public TriplePattern Pattern(PatternTerm subject, Iri predicate, PatternTerm @object) =>
        new(subject, new ConstantTerm(predicate), @object, _axiom);

    public TriplePattern Pattern(PatternTerm subject, PropertyExpression property, PatternTerm @object) =>
        property.IsInverse ? Pattern(@object, property.Property, subject)
            : Pattern(subject, property.Property, @object);

    public TriplePattern Inconsistent(PatternTerm subject, string origin) =>
        Pattern(subject, OwlContradiction.Property, new ConstantTerm(new Literal(origin)));

    public CallExpression Differ(Variable left, Variable right) => new(
        Function.Not,
        [new CallExpression(Function.SameTerm,
            [new VariableExpression(left.Name, _axiom), new VariableExpression(right.Name, _axiom)], _axiom)],
        _axiom);

    private CallExpression NotEqual(Variable left, Variable right) => new(
        Function.NotEqual, [new VariableExpression(left.Name, _axiom), new VariableExpression(right.Name, _axiom)], _axiom);

    private CallExpression IsLiteral(Variable variable) =>
        new(Function.IsLiteral, [new VariableExpression(variable.Name, _axiom)], _axiom);

    public bool IsDatatype(Term term) =>
        term is Iri iri && (iri.Value.StartsWith(Xsd.Namespace, StringComparison.Ordinal)
            || iri == OwlVocabulary.RdfsLiteral || iri == RdfVocabulary.LangString
            || ontology.Has(iri, RdfVocabulary.Type, OwlVocabulary.RdfsDatatype));

    public PropertyExpression? Property(Term? term)
    {
        if (term is Iri iri) return new PropertyExpression(iri, false);
        if (term is not null && ontology.Object(term, OwlVocabulary.InverseOf) is Iri inverse)
            return new PropertyExpression(inverse, true);
        Report("a property expression is neither a property nor the inverse of one");
        return null;
    }

    /// <summary>The ways in which the variable can be recognised as an instance; none where the expression is not
    /// allowed.</summary>
    public ImmutableArray<Condition> Recognise(Term expression, Variable instance) => Nested(() => expression switch
    {
        Iri iri when IsDatatype(iri) => [DatatypeCondition(iri, instance)],
        Iri iri => [Condition.Of(Pattern(instance, RdfVocabulary.Type, new ConstantTerm(iri)))],
        _ => RecogniseDefinition(expression, instance),
    });

    /// <summary>As <see cref="Recognise"/>, by what defines the expression, though it may have a name.</summary>
    public ImmutableArray<Condition> RecogniseDefinition(Term expression, Variable instance)
    {
        if (ontology.Object(expression, OwlVocabulary.IntersectionOf) is { } intersection)
        {
            var conditions = Members(intersection).Select(member => Recognise(member, instance)).ToArray();
            return conditions.Length == 0 ? []
                : [.. conditions.Aggregate(Bounded).Select(condition => condition.From("cls-int1"))];
        }

        if (ontology.Object(expression, OwlVocabulary.UnionOf) is { } union)
            return [.. Members(union).SelectMany(member => Recognise(member, instance)).Select(
                condition => condition.From("cls-uni"))];
        if (ontology.Object(expression, OwlVocabulary.OneOf) is { } one)
            return [.. Members(one).Where(IsNameable).Select(
                member => (Condition.Always with { Values = [(instance.Name, member)] }).From("cls-oo"))];
        if (ontology.Object(expression, OwlVocabulary.OnProperty) is { } property)
            return RecogniseRestriction(expression, property, instance);
        return Unsupported("a class expression that OWL 2 RL does not allow here");
    }

    private ImmutableArray<Condition> RecogniseRestriction(Term restriction, Term onProperty, Variable instance)
    {
        if (Property(onProperty) is not { } property) return [];
        if (ontology.Object(restriction, OwlVocabulary.HasValue) is { } value)
            return IsNameable(value)
                ? [Condition.Of(Pattern(instance, property, new ConstantTerm(value))).From("cls-hv2")] : [];
        if (ontology.Object(restriction, OwlVocabulary.SomeValuesFrom) is not { } filler)
            return Unsupported("a restriction other than owl:someValuesFrom and owl:hasValue on the narrower side");
        var other = NewVariable();
        var link = Condition.Of(Pattern(instance, property, other));
        if (IsEverything(filler)) return [link.From("cls-svf2")];
        return [.. Recognise(filler, other).Select(condition => link.And(condition).From("cls-svf1"))];
    }

    private Condition DatatypeCondition(Iri datatype, Variable value) =>
        Condition.Always with { Filters = [DatatypeValues.IsIn(datatype, value, _axiom)] };

    /// <summary>What follows for an instance; nothing where the expression is not allowed, or is owl:Thing.</summary>
    /// <param name="expression">The class or datatype.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="owner">
    /// Where the instance is a value, whose: a literal is no subject, so that it is the owner who is told to be inconsistent.
    /// </param>
    public ImmutableArray<Consequence> Conclude(Term expression, Variable instance, Variable? owner = null) =>
        Nested<Consequence>(() => expression switch
    {
        Iri iri when IsEverything(iri) => [],
        Iri iri when iri == OwlVocabulary.Nothing =>
            [new Consequence(Condition.Always, [Inconsistent(instance, "cls-nothing2")]).From("cls-nothing2"), .. NoLiteral(instance, owner)],
        Iri iri when IsDatatype(iri) => OnlyValuesOf(iri, instance, owner),
        Iri iri => [new Consequence(Condition.Always, [Pattern(instance, RdfVocabulary.Type, new ConstantTerm(iri))])],
        _ => ConcludeDefinition(expression, instance, owner),
    });

    private ImmutableArray<Consequence> NoLiteral(Variable instance, Variable? owner) => owner is null
        ? []
        : [new Consequence(Condition.Always with { Filters = [IsLiteral(instance)] }, [Inconsistent(owner, "cls-nothing2")]).From("cls-nothing2")];

    private ImmutableArray<Consequence> OnlyValuesOf(Iri datatype, Variable value, Variable? owner) =>
        owner is not null && DatatypeValues.IsOutside(datatype, value, _axiom) is { } outside
            ? [new Consequence(Condition.Always with { Filters = [outside] }, [Inconsistent(owner, "dt-not-type")]).From("dt-not-type")]
            : [];

    /// <summary>As <see cref="Conclude"/>, by what defines the expression, though it may have a name.</summary>
    public ImmutableArray<Consequence> ConcludeDefinition(Term expression, Variable instance, Variable? owner = null)
    {
        if (ontology.Object(expression, OwlVocabulary.IntersectionOf) is { } intersection)
            return [.. Members(intersection).SelectMany(member => Conclude(member, instance, owner)).Select(
                part => part.From("cls-int2"))];
        if (ontology.Object(expression, OwlVocabulary.ComplementOf) is { } complement)
            return ConcludeComplement(complement, instance);
        if (ontology.Object(expression, OwlVocabulary.OnProperty) is { } property)
            return ConcludeRestriction(expression, property, instance);
        Report("a class expression that OWL 2 RL does not allow on the wider side (owl:unionOf, owl:oneOf and the like)");
        return [];
    }

    private ImmutableArray<Consequence> ConcludeComplement(Term complement, Variable instance) =>
    [
        .. Recognise(complement, instance)
            .Select(condition => new Consequence(condition, [Inconsistent(instance, "cls-com")]).From("cls-com")),
    ];

    private ImmutableArray<Consequence> ConcludeRestriction(Term restriction, Term onProperty, Variable instance)
    {
        if (Property(onProperty) is not { } property) return [];
        if (ontology.Object(restriction, OwlVocabulary.HasValue) is { } value)
        {
            return IsNameable(value)
                ? [new Consequence(Condition.Always, [Pattern(instance, property, new ConstantTerm(value))]).From(
                    "cls-hv1")]
                : [];
        }

        if (ontology.Object(restriction, OwlVocabulary.AllValuesFrom) is { } filler)
        {
            var other = NewVariable();
            var link = Condition.Of(Pattern(instance, property, other));
            return [.. Conclude(filler, other, instance).Select(
                part => (part with { When = link.And(part.When) }).From("cls-avf"))];
        }

        if (ontology.Object(restriction, OwlVocabulary.MaxCardinality) is { } maximum)
            return ConcludeMaximum(property, maximum, filler: null, instance, "cls-maxc");
        if (ontology.Object(restriction, OwlVocabulary.MaxQualifiedCardinality) is { } qualified
            && (ontology.Object(restriction, OwlVocabulary.OnClass)
                ?? ontology.Object(restriction, OwlVocabulary.OnDataRange)) is { } onClass)
        {
            return ConcludeMaximum(property, qualified, IsEverything(onClass) ? null : onClass, instance, "cls-maxqc");
        }

        Report("a restriction that OWL 2 RL does not allow on the wider side (owl:someValuesFrom, minimum and exact cardinality and the like)");
        return [];
    }

    // At most none: a value is a contradiction. At most one: two values are the same.
    private ImmutableArray<Consequence> ConcludeMaximum(
        PropertyExpression property, Term maximum, Term? filler, Variable instance, string family)
    {
        var form = (maximum as Literal)?.LexicalForm;
        if (form is not ("0" or "1"))
        {
            Report("a maximum cardinality other than 0 and 1");
            return [];
        }

        var first = NewVariable();
        var values = ValuesOf(property, filler, instance, first);
        var isQualified = family == "cls-maxqc";
        if (form == "0")
        {
            var origin = family + (isQualified && filler is null ? "2" : "1");
            return [.. values.Select(
                condition => new Consequence(condition, [Inconsistent(instance, origin)]).From(origin))];
        }

        var second = NewVariable();
        var both = Condition.And(values, ValuesOf(property, filler, instance, second));
        var name = family + (!isQualified ? "2" : filler is null ? "4" : "3");
        return
        [
            .. both.SelectMany(condition => OneValue(property, first, second, instance)
                .Select(one => (one with { When = condition.And(one.When) }).From(name))),
        ];
    }

    /// <summary>
    /// What follows where a property has two values and may have one: two resources are the same, two literals with different
    /// values are not (dt-diff). Where the property is declared to be of one kind, only what concerns that kind.
    /// </summary>
    public ImmutableArray<Consequence> OneValue(PropertyExpression property, Variable first, Variable second, Variable owner)
    {
        var same = new Consequence(Condition.Always with { Filters = [Differ(first, second)] }, [Pattern(first, OwlVocabulary.SameAs, second)]);
        var differ = new Consequence(
            Condition.Always with { Filters = [IsLiteral(first), IsLiteral(second), NotEqual(first, second)] },
            [Inconsistent(owner, "dt-diff")]).From("dt-diff");
        if (property.IsInverse || ontology.Has(property.Property, RdfVocabulary.Type, OwlVocabulary.ObjectProperty)) return [same];
        return ontology.Has(property.Property, RdfVocabulary.Type, OwlVocabulary.DatatypeProperty) ? [differ] : [same, differ];
    }

    private ImmutableArray<Condition> ValuesOf(
        PropertyExpression property, Term? filler, Variable instance, Variable value)
    {
        var link = Condition.Of(Pattern(instance, property, value));
        return filler is null ? [link] : Condition.And([link], Recognise(filler, value));
    }

    public List<Term> Members(Term list)
    {
        if (ontology.List(list) is { } members) return members;
        Report("a list that does not end or has a cell without rdf:first");
        return [];
    }

    /// <summary>Whether a rule can name the term: blank nodes mean something else in rules.</summary>
    public bool IsNameable(Term term)
    {
        if (term is Iri or Literal) return true;
        Report("an individual without a name; give it an IRI");
        return false;
    }

    public static bool IsEverything(Term expression) =>
        expression == OwlVocabulary.Thing || expression == OwlVocabulary.RdfsResource;

    private ImmutableArray<Condition> Bounded(ImmutableArray<Condition> left, ImmutableArray<Condition> right)
    {
        if ((long)left.Length * right.Length <= MaximumAlternatives) return Condition.And(left, right);
        return Unsupported(
            $"unions within intersections with more than {MaximumAlternatives} combinations; name the unions");
    }

    private ImmutableArray<T> Nested<T>(Func<ImmutableArray<T>> read)
    {
        if (_depth >= MaximumDepth)
        {
            Report($"class expressions nested more than {MaximumDepth} deep, or within themselves");
            return [];
        }

        _depth++;
        var result = read();
        _depth--;
        return result;
    }

    private ImmutableArray<Condition> Unsupported(string what)
    {
        Report(what);
        return [];
    }

    public void Report(string what) => diagnostics.Add(new Diagnostic(
        _axiom, Severity.Warning, DiagnosticCodes.UnsupportedAxiom,
            $"This axiom is not used, or not wholly: it has {what}."));
}
