using System.Collections.Frozen;
using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>An ontology as rules.</summary>
/// <param name="Rules">The rules, in the order of their axioms; each stands at its axiom and names its OWL 2 RL rule as
/// its origin.</param>
/// <param name="Diagnostics">What of the ontology OWL 2 RL does not cover.</param>
public sealed record OwlRlCompilation(ImmutableArray<Rule> Rules, ImmutableArray<Diagnostic> Diagnostics);

/// <summary>
/// Compiles an ontology's axioms to rules about instances (OWL 2 Profiles, section 4.3, of which the RDFS entailment of
/// instances is a part). Every rule is specialised to its axiom: no rule reads the ontology, and class expressions and
/// lists are unfolded, so that anonymous classes need no facts of their own. For an ontology within the profile the rules
/// give what the tables' rules give about its named individuals; an axiom outside the profile is reported.
/// </summary>
/// <remarks>
/// <para>Covered, by table:</para>
/// <list type="bullet">
/// <item>4: eq-sym, eq-trans, eq-rep-s/p/o, eq-diff1 to 3.</item>
/// <item>5: prp-dom, prp-rng, prp-fp, prp-ifp, prp-irp, prp-symp, prp-asyp, prp-trp, prp-spo1, prp-spo2, prp-eqp1/2,
/// prp-pdw, prp-adp, prp-inv1/2, prp-key, prp-npa1/2.</item>
/// <item>6: cls-nothing2, cls-int1/2, cls-uni, cls-com, cls-svf1/2, cls-avf, cls-hv1/2, cls-maxc1/2, cls-maxqc1 to 4,
/// cls-oo.</item>
/// <item>7: cax-sco, cax-eqc1/2, cax-dw, cax-adc.</item>
/// <item>8: dt-type2 where a datatype is a filler, dt-not-type where one is a range or filler, dt-diff where a property
/// may have one value. A number is held by its value, so 5 is an xsd:byte; SPARQL's equality of values decides what
/// differs, so 1 and 1.0e0 do not. Of ill-typed literals that are not numbers nothing is said, nor of datatypes that the
/// ontology defines.</item>
/// </list>
/// <para>
/// A contradiction, where the tables have "false", derives <c>?x urn:reasoner:ns#inconsistency "cax-dw"</c> with the name
/// of its rule (<see cref="OwlContradiction"/>). Where what contradicts is a literal, ?x is what it is a value of.
/// </para>
/// <para>Left out, and why:</para>
/// <list type="bullet">
/// <item>eq-ref: says of every term that it equals itself. All that could follow is that what is stated to differ from
/// itself is inconsistent.</item>
/// <item>prp-ap, cls-thing, cls-nothing1, dt-type1: say of terms of the vocabulary what they are, whatever the
/// ontology.</item>
/// <item>dt-eq: literals are told apart by their terms, as SRL's patterns do; equal values are not made owl:sameAs, which
/// RDF cannot say of a literal.</item>
/// <item>Table 9, the scm- rules: they derive axioms. What an axiom that they derive says about instances, the rules of the
/// axioms that it comes from say in turn: subclasses, subproperties, domains and ranges chain. The exception is scm-svf1/2,
/// which relate existentials on the wider side, outside the profile. Derived axioms themselves (that a class is a subclass
/// of another's superclass) are not in the result: it is about instances, and a reader of the ontology would have to tell
/// its own axioms from theirs.</item>
/// <item>Axioms that are not stated but derived (a subproperty of rdfs:subClassOf, say): rules are made before facts are
/// known.</item>
/// </list>
/// </remarks>
public static class OwlRlCompiler
{
    /// <summary>Compiles the axioms among the triples; others are passed over.</summary>
    /// <param name="ontology">The ontology's triples and where they stand.</param>
    /// <param name="dataHasSameAs">
    /// Whether data or rules may give owl:sameAs. The rules of equality are made only then, or where an axiom or a triple
    /// of the ontology leads to owl:sameAs, since they depend on every fact.
    /// </param>
    /// <param name="cancellation">Stops the compilation.</param>
    public static OwlRlCompilation Compile(
        IEnumerable<PositionedTriple> ontology, bool dataHasSameAs = false, CancellationToken cancellation = default)
    {
        var compilation = new Compilation(new OntologyGraph(ontology), cancellation);
        compilation.Run(dataHasSameAs);
        return new OwlRlCompilation([.. compilation.Rules], [.. compilation.Diagnostics]);
    }

    private sealed class Compilation
    {
        private const int MaximumPairs = 500_000;

        private static readonly Variable _x = new("x");
        private static readonly Variable _y = new("y");
        private static readonly Variable _z = new("z");

        private static readonly FrozenSet<Iri> _definitions = new[]
        {
            OwlVocabulary.IntersectionOf, OwlVocabulary.UnionOf, OwlVocabulary.OneOf, OwlVocabulary.ComplementOf,
                OwlVocabulary.OnProperty,
        }.ToFrozenSet();

        private readonly OntologyGraph _ontology;
        private readonly CancellationToken _cancellation;
        private readonly ClassExpressionReader _classes;
        private readonly FrozenDictionary<Iri, Action<PositionedTriple>> _axioms;
        private readonly FrozenDictionary<Iri, Action<PositionedTriple>> _typeAxioms;
        private SourcePosition _position;
        private bool _derivesSameAs;

        public Compilation(OntologyGraph ontology, CancellationToken cancellation)
        {
            _ontology = ontology;
            _cancellation = cancellation;
            _classes = new ClassExpressionReader(ontology, Diagnostics);
            _axioms = new Dictionary<Iri, Action<PositionedTriple>>
            {
                [RdfVocabulary.Type] = TypeAxiom,
                [OwlVocabulary.SubClassOf] = axiom => Implies(axiom.Triple.Subject, axiom.Triple.Object, "cax-sco"),
                [OwlVocabulary.EquivalentClass] = EquivalentClass,
                [OwlVocabulary.DisjointWith] = axiom => Disjoint(axiom.Triple.Subject, axiom.Triple.Object, "cax-dw"),
                [OwlVocabulary.DisjointUnionOf] = axiom =>
                    _classes.Report("owl:disjointUnionOf; state the union and the disjointness apart"),
                [OwlVocabulary.HasKey] = HasKey,
                [OwlVocabulary.Domain] = Domain,
                [OwlVocabulary.Range] = Range,
                [OwlVocabulary.SubPropertyOf] = axiom =>
                    SubProperty(axiom.Triple.Subject, axiom.Triple.Object, "prp-spo1"),
                [OwlVocabulary.EquivalentProperty] = EquivalentProperty,
                [OwlVocabulary.InverseOf] = InverseOf,
                [OwlVocabulary.PropertyDisjointWith] = axiom =>
                    DisjointProperties(axiom.Triple.Subject, axiom.Triple.Object, "prp-pdw"),
                [OwlVocabulary.PropertyChainAxiom] = PropertyChain,
                [OwlVocabulary.SameAs] = _ => _derivesSameAs = true,
                [OwlVocabulary.IntersectionOf] = NamedDefinition,
                [OwlVocabulary.UnionOf] = NamedDefinition,
                [OwlVocabulary.OneOf] = NamedDefinition,
                [OwlVocabulary.ComplementOf] = NamedDefinition,
                [OwlVocabulary.OnProperty] = NamedDefinition,
            }.ToFrozenDictionary();
            _typeAxioms = new Dictionary<Iri, Action<PositionedTriple>>
            {
                [OwlVocabulary.SymmetricProperty] = Symmetric,
                [OwlVocabulary.AsymmetricProperty] = Asymmetric,
                [OwlVocabulary.TransitiveProperty] = Transitive,
                [OwlVocabulary.IrreflexiveProperty] = Irreflexive,
                [OwlVocabulary.ReflexiveProperty] = _ =>
                    _classes.Report("owl:ReflexiveProperty, which OWL 2 RL does not have"),
                [OwlVocabulary.FunctionalProperty] = Functional,
                [OwlVocabulary.InverseFunctionalProperty] = InverseFunctional,
                [OwlVocabulary.AllDisjointClasses] = axiom => Pairs(axiom, (a, b) => Disjoint(a, b, "cax-adc")),
                [OwlVocabulary.AllDisjointProperties] = axiom =>
                    Pairs(axiom, (a, b) => DisjointProperties(a, b, "prp-adp")),
                [OwlVocabulary.NegativePropertyAssertion] = NegativeAssertion,
            }.ToFrozenDictionary();
        }

        public List<Rule> Rules { get; } = [];

        public List<Diagnostic> Diagnostics { get; } = [];

        public void Run(bool dataHasSameAs)
        {
            foreach (var triple in _ontology.Triples)
            {
                _cancellation.ThrowIfCancellationRequested();
                if (triple.Triple.Predicate is Iri predicate && _axioms.TryGetValue(predicate, out var axiom))
                {
                    Start(triple);
                    axiom(triple);
                }
            }

            if (_derivesSameAs || dataHasSameAs) Equality();
        }

        private void Start(PositionedTriple axiom)
        {
            _position = axiom.Position;
            _classes.Start(axiom.Position);
        }

        private void TypeAxiom(PositionedTriple axiom)
        {
            if (axiom.Triple.Object is Iri type && _typeAxioms.TryGetValue(type, out var compile)) compile(axiom);
            else if (IsExpression(axiom.Triple.Object)) Assertion(axiom.Triple.Subject, axiom.Triple.Object);
        }

        // An individual in a class without a name: what follows for every instance follows for this one.
        private void Assertion(Term individual, Term expression)
        {
            if (!_classes.IsNameable(individual)) return;
            var it = Condition.Always with { Values = [(_x.Name, individual)] };
            Add([it], _classes.Conclude(expression, _x), "cax-sco");
        }

        private bool IsExpression(Term term) =>
            term is BlankNode && _definitions.Any(definition => _ontology.Object(term, definition) is not null);

        // Classes

        private void EquivalentClass(PositionedTriple axiom)
        {
            Implies(axiom.Triple.Subject, axiom.Triple.Object, "cax-eqc1");
            Implies(axiom.Triple.Object, axiom.Triple.Subject, "cax-eqc2");
        }

        // A class with a name that is also an expression is equivalent to it, as far as OWL 2 RL goes.
        private void NamedDefinition(PositionedTriple axiom)
        {
            var predicate = (Iri)axiom.Triple.Predicate;
            if (axiom.Triple.Subject is not Iri name || !_definitions.Contains(predicate)) return;
            if (predicate != OwlVocabulary.ComplementOf && !IsUniversal(name))
                Add(_classes.RecogniseDefinition(name, _x), _classes.Conclude(name, _x), "cax-eqc1");
            if (predicate == OwlVocabulary.UnionOf || predicate == OwlVocabulary.OneOf || IsExistential(name)) return;
            Add(_classes.Recognise(name, _x), _classes.ConcludeDefinition(name, _x), "cax-eqc2");
        }

        private bool IsExistential(Term restriction) =>
            _ontology.Object(restriction, OwlVocabulary.SomeValuesFrom) is not null;

        private bool IsUniversal(Term restriction) =>
            _ontology.Object(restriction, OwlVocabulary.OnProperty) is not null
            && _ontology.Object(restriction, OwlVocabulary.HasValue) is null && !IsExistential(restriction);

        private void Implies(Term narrower, Term wider, string origin)
        {
            if (IsPlainClass(narrower) && IsPlainClass(wider)) ImpliesPlain(narrower, wider, origin);
            else Add(_classes.Recognise(narrower, _x), _classes.Conclude(wider, _x), origin);
        }

        // Most axioms of a large ontology relate two named classes; they need no conditions to be combined.
        private void ImpliesPlain(Term narrower, Term wider, string origin)
        {
            if (narrower == wider) return;
            var head = _classes.Pattern(_x, RdfVocabulary.Type, new ConstantTerm(wider));
            var body = new PatternElement(_classes.Pattern(_x, RdfVocabulary.Type, new ConstantTerm(narrower)));
            Rules.Add(new Rule(name: null, [head], [body], matchesDataOnly: false, _position, origin));
        }

        private bool IsPlainClass(Term expression) =>
            expression is Iri && !ClassExpressionReader.IsEverything(expression)
            && expression != OwlVocabulary.Nothing && !_classes.IsDatatype(expression);

        private void Disjoint(Term left, Term right, string origin)
        {
            var both = Condition.And(_classes.Recognise(left, _x), _classes.Recognise(right, _x));
            Add(both, [new Consequence(Condition.Always, [_classes.Inconsistent(_x, origin)]).From(origin)], origin);
        }

        private void HasKey(PositionedTriple axiom)
        {
            var first = _classes.Recognise(axiom.Triple.Subject, _x);
            var second = _classes.Recognise(axiom.Triple.Subject, _y);
            var keys = Condition.Always;
            foreach (var member in _classes.Members(axiom.Triple.Object))
            {
                if (_classes.Property(member) is not { } property) return;
                var value = _classes.NewVariable();
                keys = keys.And(
                    Condition.Of(_classes.Pattern(_x, property, value), _classes.Pattern(_y, property, value)));
            }

            if (keys.Patterns.IsEmpty) return;
            keys = keys with { Filters = [_classes.Differ(_x, _y)] };
            Add(Condition.And(Condition.And(first, second), [keys]), Same(_x, _y), "prp-key");
        }

        // Properties

        private void Domain(PositionedTriple axiom)
        {
            if (Link(axiom.Triple.Subject, _x, _y) is { } link)
                Add([link], _classes.Conclude(axiom.Triple.Object, _x), "prp-dom");
        }

        private void Range(PositionedTriple axiom)
        {
            if (Link(axiom.Triple.Subject, _x, _y) is { } link)
                Add([link], _classes.Conclude(axiom.Triple.Object, _y, _x), "prp-rng");
        }

        private void SubProperty(Term narrower, Term wider, string origin)
        {
            if (Link(narrower, _x, _y) is { } link && _classes.Property(wider) is { } property)
                Add([link], Triples(_classes.Pattern(_x, property, _y)), origin);
        }

        private void EquivalentProperty(PositionedTriple axiom)
        {
            SubProperty(axiom.Triple.Subject, axiom.Triple.Object, "prp-eqp1");
            SubProperty(axiom.Triple.Object, axiom.Triple.Subject, "prp-eqp2");
        }

        // On a blank node it makes a property expression, no axiom.
        private void InverseOf(PositionedTriple axiom)
        {
            if (axiom.Triple is not { Subject: Iri property, Object: Iri inverse }) return;
            Add([Condition.Of(_classes.Pattern(_x, property, _y))], Triples(_classes.Pattern(_y, inverse, _x)),
                "prp-inv1");
            Add([Condition.Of(_classes.Pattern(_x, inverse, _y))], Triples(_classes.Pattern(_y, property, _x)),
                "prp-inv2");
        }

        private void PropertyChain(PositionedTriple axiom)
        {
            var condition = Condition.Always;
            var from = _x;
            foreach (var member in _classes.Members(axiom.Triple.Object))
            {
                var to = _classes.NewVariable();
                if (Link(member, from, to) is not { } link) return;
                condition = condition.And(link);
                from = to;
            }

            if (condition.Patterns.IsEmpty || _classes.Property(axiom.Triple.Subject) is not { } property) return;
            Add([condition], Triples(_classes.Pattern(_x, property, from)), "prp-spo2");
        }

        private void DisjointProperties(Term left, Term right, string origin)
        {
            if (Link(left, _x, _y) is { } first && Link(right, _x, _y) is { } second)
                Add([first.And(second)], Triples(_classes.Inconsistent(_x, origin)), origin);
        }

        private void Symmetric(PositionedTriple axiom) => OfProperty(axiom, property =>
            Add([Condition.Of(_classes.Pattern(_x, property, _y))], Triples(_classes.Pattern(_y, property, _x)),
                "prp-symp"));

        private void Asymmetric(PositionedTriple axiom) => OfProperty(axiom, property => Add(
            [Condition.Of(_classes.Pattern(_x, property, _y), _classes.Pattern(_y, property, _x))],
            Triples(_classes.Inconsistent(_x, "prp-asyp")),
            "prp-asyp"));

        private void Transitive(PositionedTriple axiom) => OfProperty(axiom, property => Add(
            [Condition.Of(_classes.Pattern(_x, property, _y), _classes.Pattern(_y, property, _z))],
            Triples(_classes.Pattern(_x, property, _z)),
            "prp-trp"));

        private void Irreflexive(PositionedTriple axiom) => OfProperty(axiom, property => Add(
            [Condition.Of(_classes.Pattern(_x, property, _x))], Triples(_classes.Inconsistent(_x, "prp-irp")),
                "prp-irp"));

        private void Functional(PositionedTriple axiom) => OfProperty(axiom, property => Add(
            [Condition.Of(_classes.Pattern(_x, property, _y), _classes.Pattern(_x, property, _z))],
            [.. _classes.OneValue(property, _y, _z, _x).Select(one => one.From("prp-fp"))],
            "prp-fp"));

        private void InverseFunctional(PositionedTriple axiom) => OfProperty(axiom, property => Add(
            [Condition.Of(_classes.Pattern(_y, property, _x),
                _classes.Pattern(_z, property, _x)) with { Filters = [_classes.Differ(_y, _z)] }],
            Same(_y, _z),
            "prp-ifp"));

        private void NegativeAssertion(PositionedTriple axiom)
        {
            var assertion = axiom.Triple.Subject;
            var individual = _ontology.Object(assertion, OwlVocabulary.TargetIndividual);
            var value = individual ?? _ontology.Object(assertion, OwlVocabulary.TargetValue);
            if (_ontology.Object(assertion, OwlVocabulary.SourceIndividual) is not { } source || value is null
                || !_classes.IsNameable(source) || !_classes.IsNameable(value)
                || _classes.Property(_ontology.Object(assertion, OwlVocabulary.AssertionProperty)) is not { } property)
            {
                return;
            }

            var origin = individual is not null ? "prp-npa1" : "prp-npa2";
            var subject = new ConstantTerm(source);
            Add([Condition.Of(_classes.Pattern(subject, property, new ConstantTerm(value)))],
                Triples(_classes.Inconsistent(subject, origin)), origin);
        }

        private void OfProperty(PositionedTriple axiom, Action<PropertyExpression> compile)
        {
            if (_classes.Property(axiom.Triple.Subject) is { } property) compile(property);
        }

        private Condition? Link(Term property, Variable from, Variable to) =>
            _classes.Property(property) is { } expression ? Condition.Of(_classes.Pattern(from, expression, to)) : null;

        private void Pairs(PositionedTriple axiom, Action<Term, Term> compile)
        {
            var list = _ontology.Object(axiom.Triple.Subject, OwlVocabulary.Members)
                ?? _ontology.Object(axiom.Triple.Subject, OwlVocabulary.DistinctMembers);
            if (list is null) return;
            var members = _classes.Members(list);
            if ((long)members.Count * (members.Count - 1) / 2 > MaximumPairs)
            {
                _classes.Report(
                    $"a list of {members.Count} members, which make more than {MaximumPairs} pairs; split it");
                return;
            }

            for (var i = 0; i < members.Count; i++)
            {
                _cancellation.ThrowIfCancellationRequested();
                for (var j = i + 1; j < members.Count; j++) compile(members[i], members[j]);
            }
        }

        // Equality

        private void Equality()
        {
            Start(new PositionedTriple(default, new SourcePosition("owl:sameAs", 0, 0)));
            Rules.AddRange(EqualityRules.Make(_position));
            var sameAs = _classes.Pattern(_x, OwlVocabulary.SameAs, _y);
            Add(
                [Condition.Of(sameAs, _classes.Pattern(_x, OwlVocabulary.DifferentFrom, _y))],
                Triples(_classes.Inconsistent(_x, "eq-diff1")),
                "eq-diff1");
            foreach (var triple in _ontology.Triples)
            {
                if (triple.Triple.Predicate != RdfVocabulary.Type
                    || triple.Triple.Object != OwlVocabulary.AllDifferent) continue;
                Start(triple);
                var origin = _ontology.Object(triple.Triple.Subject, OwlVocabulary.Members) is not null ? "eq-diff2"
                    : "eq-diff3";
                Pairs(triple, (a, b) => Different(a, b, origin));
            }
        }

        private void Different(Term left, Term right, string origin)
        {
            if (!_classes.IsNameable(left) || !_classes.IsNameable(right)) return;
            var subject = new ConstantTerm(left);
            Add(
                [Condition.Of(_classes.Pattern(subject, OwlVocabulary.SameAs, new ConstantTerm(right)))],
                Triples(_classes.Inconsistent(subject, origin)),
                origin);
        }

        private static ImmutableArray<Consequence> Triples(TriplePattern head) =>
            [new Consequence(Condition.Always, [head])];

        private ImmutableArray<Consequence> Same(Variable left, Variable right) =>
            Triples(_classes.Pattern(left, OwlVocabulary.SameAs, right));

        // One rule for each way to recognise and each thing that follows.
        private void Add(ImmutableArray<Condition> conditions, ImmutableArray<Consequence> consequences, string origin)
        {
            foreach (var condition in conditions)
            {
                foreach (var consequence in consequences)
                    Add(condition.And(consequence.When), consequence.Head, origin);
            }
        }

        private void Add(Condition condition, ImmutableArray<TriplePattern> triples, string origin)
        {
            if (!condition.TryGetValues(out var values)) return;
            var head = triples.Select(pattern => Replace(pattern, values)).ToImmutableArray();
            var patterns = condition.Patterns.Select(pattern => Replace(pattern, values)).Distinct().ToArray();
            var filters = condition.Filters.Select(filter => Replace(filter, values)).ToArray();
            if (head.All(patterns.Contains)) return;
            var rule = new Rule(
                name: null,
                head,
                [
                    .. patterns.Select(pattern => new PatternElement(pattern)),
                    .. filters.Select(filter => new FilterElement(filter, _position)),
                ],
                matchesDataOnly: false,
                _position,
                condition.Origins.IsEmpty ? origin : string.Join('+', condition.Origins));
            if (!WellFormedness.IsWellFormed(rule))
            {
                _classes.Report("a datatype where a class should stand");
                return;
            }

            _derivesSameAs |= EqualityRules.MayDeriveSameAs(rule, orAny: false);
            Rules.Add(rule);
        }

        private static TriplePattern Replace(TriplePattern pattern, IReadOnlyDictionary<string, Term> values) =>
            values.Count == 0
            ? pattern
            : pattern with { Subject = Replace(pattern.Subject, values), Object = Replace(pattern.Object, values) };

        private static PatternTerm Replace(PatternTerm term, IReadOnlyDictionary<string, Term> values) =>
            term is Variable variable
                && values.TryGetValue(variable.Name, out var value) ? new ConstantTerm(value) : term;

        private static Expression Replace(Expression expression, IReadOnlyDictionary<string, Term> values) =>
            expression switch
            {
                VariableExpression variable when values.TryGetValue(variable.Name, out var value) =>
                    new ConstantExpression(value, variable.Position),
                CallExpression call =>
                    call with { Arguments = [.. call.Arguments.Select(argument => Replace(argument, values))] },
                _ => expression,
            };
    }
}
