using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using Reasoner.Constraints.Solving;
using Reasoner.Decisions.Counterfactuals;
using Reasoner.Experts;
using Reasoner.Inference;
using Reasoner.Knowledge;
using Reasoner.Rdf;
using Reasoner.Rules;
using Reasoner.Shapes;

namespace Reasoner.Decisions;

/// <summary>
/// A domain, compiled once and immutable: its knowledge graph with everything that follows from it, rules, shapes, context,
/// model. All requests share it; each works on an overlay of its own.
/// </summary>
public sealed class Domain : IDisposable
{
    private readonly DomainFiles _files;
    private readonly Lazy<FrozenDictionary<Term, string>> _labels;
    private readonly Lazy<ICpSolver> _solver;

    private Domain(DomainManifest manifest, DomainFiles files)
    {
        (Manifest, _files) = (manifest, files);
        _labels = new(ReadLabels);
        _solver = new(() => new WorkerCpSolver());
    }

    /// <summary>The manifest.</summary>
    public DomainManifest Manifest { get; }

    /// <summary>The domain's name.</summary>
    public string Name => Manifest.Name;

    /// <summary>The rules: the domain's own, then those that the ontology's axioms became.</summary>
    public RuleSet Rules { get; private init; } = RuleSet.Empty;

    /// <summary>Names for the rules in proofs.</summary>
    public required RuleNames RuleNames { get; init; }

    /// <summary>What the rules say about themselves.</summary>
    public required RuleCatalogue RuleCatalogue { get; init; }

    /// <summary>Ontology and background data with all that follows; frozen.</summary>
    public required Materialization Baseline { get; init; }

    /// <summary>The shapes that cases must meet.</summary>
    public required ShapeSet Shapes { get; init; }

    /// <summary>What the names in JSON cases stand for.</summary>
    public required JsonLdContext Context { get; init; }

    /// <summary>The forms of tables of cases.</summary>
    public required ImmutableArray<TableSchema> Tables { get; init; }

    /// <summary>The model; null where the domain has none, or where it was not to be loaded.</summary>
    public MixtureProposer? Proposer { get; private init; }

    /// <summary>Content hashes of all parts.</summary>
    public required VersionRecord Versions { get; init; }

    /// <summary>What the domain's rules and ontology gave cause to remark; no errors.</summary>
    public required ImmutableArray<Diagnostic> Diagnostics { get; init; }

    /// <summary>The possible answers, in the manifest's order.</summary>
    public required ImmutableArray<Iri> Answers { get; init; }

    /// <summary>The features, compiled.</summary>
    internal FeatureReader Features { get; private init; } = null!;

    /// <summary>The changes that the manifest allows.</summary>
    internal ChangeCatalogue Changes { get; private set; } = null!;

    /// <summary>The ids of terms that every decision uses.</summary>
    internal DomainTerms Terms { get; private init; } = null!;

    /// <summary>The folder of rule test cases; null where there is none.</summary>
    public string? CasesFolder => _files.Cases;

    /// <summary>The sample case's path; null where there is none.</summary>
    public string? SampleCase => _files.SampleCase;

    /// <summary>A small table of labelled cases; null where there is none.</summary>
    public string? SampleTable => _files.SampleTable;

    /// <summary>The folder of the model; null where the manifest names none.</summary>
    public string? ModelFolder => _files.Model is null ? null : Path.GetDirectoryName(_files.Model);

    /// <summary>The folder that file names in sources are relative to.</summary>
    public string Root => _files.Root;

    /// <summary>The manifest's path.</summary>
    internal string ManifestPath => _files.ManifestPath;

    /// <summary>The manifest's name in positions.</summary>
    internal string ManifestName => NameOf(ManifestPath);

    /// <summary>A file's name in sources and positions.</summary>
    internal string NameOf(string path) => _files.NameOf(path);

    /// <summary>The ontology's triples with their places, for checks against it.</summary>
    internal ImmutableArray<PositionedTriple> Ontology { get; private init; } = [];

    /// <summary>The IRIs in the files of shapes, for checks against them.</summary>
    internal IReadOnlySet<Iri> ShapeTerms { get; private init; } = FrozenSet<Iri>.Empty;

    /// <summary>Loads and compiles a domain.</summary>
    /// <param name="manifestPath">Its manifest.</param>
    /// <param name="withModel">Whether to load the model: training does without.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="DomainException">A file is missing or wrong.</exception>
    /// <exception cref="ModelException">The model is missing, damaged or not that of its card.</exception>
    public static Domain Load(string manifestPath, bool withModel = true, CancellationToken cancellation = default)
    {
        var manifest = DomainManifest.Load(manifestPath);
        var files = new DomainFiles(manifestPath, manifest);
        try
        {
            return WithChanges(Compile(manifest, files, withModel, cancellation));
        }
        catch (Exception problem) when (problem is RdfSyntaxException or CaseFormatException or TableFormatException or UnreadableSourceException)
        {
            throw new DomainException(problem.Message, problem);
        }
        catch (RuleSetException problem)
        {
            throw new DomainException(problem.Diagnostics.Select(diagnostic => diagnostic.ToString()), problem);
        }
    }

    /// <summary>The label of a term in the ontology; else an IRI's local name, a literal's lexical form.</summary>
    public string LabelOf(Term term) => GivenLabelOf(term) ?? term switch
    {
        Iri iri => CoreVocabulary.LocalName(iri.Value),
        Literal literal => literal.LexicalForm,
        _ => term.ToString()!,
    };

    /// <summary>The label that ontology or data give a term; null where they give none.</summary>
    internal string? GivenLabelOf(Term term) => _labels.Value.GetValueOrDefault(term);

    /// <summary>What solves joint decisions; it starts with the first one.</summary>
    internal ICpSolver Solver => _solver.Value;

    /// <summary>Whether anything has asked for the solver.</summary>
    internal bool HasSolver => _solver.IsValueCreated;

    /// <summary>Frees the model, and the solver if it was needed.</summary>
    public void Dispose()
    {
        Proposer?.Dispose();
        if (HasSolver) _solver.Value.Dispose();
    }

    private static Domain Compile(DomainManifest manifest, DomainFiles files, bool withModel, CancellationToken cancellation)
    {
        var graph = new KnowledgeGraph();
        var ontology = LoadOntology(files, graph, cancellation);
        LoadData(files, graph, cancellation);
        var (rules, catalogue, diagnostics) = LoadRules(files, ontology, graph, cancellation);
        var program = RuleProgram.Compile(rules, graph);
        var terms = new DomainTerms(graph.Terms, manifest);
        var features = new FeatureReader(manifest, graph.Terms);
        var (shapes, shapeTerms) = LoadShapes(files, graph, cancellation);
        var baseline = Materializer.Materialize(program, graph, new EvaluationOptions { Context = new EvaluationContext(DateTimeOffset.UnixEpoch) }, cancellation);
        graph.Freeze();
        RefuseInconsistency(baseline, rules);
        return new Domain(manifest, files)
        {
            Rules = rules,
            RuleNames = new RuleNames(rules),
            RuleCatalogue = catalogue,
            Baseline = baseline,
            Shapes = shapes,
            Context = files.Context is null ? JsonLdContext.Empty : JsonLdContext.Load(files.ReadAllBytes(files.Context), files.NameOf(files.Context)),
            Tables = [.. files.Tables.Select(file => TableSchema.Load(files.ReadAllBytes(file), files.NameOf(file)))],
            Proposer = withModel && files.Model is not null ? MixtureProposer.Load(Path.GetDirectoryName(files.Model)!) : null,
            Versions = new VersionRecord(
                EngineVersion,
                files.Hash(files.Rules),
                files.Hash(files.Ontology),
                files.Hash(files.Shapes),
                files.Hash([files.ManifestPath, .. files.Context is null ? [] : new[] { files.Context }, .. files.Data, .. files.Tables]),
                withModel && files.Model is not null ? files.Hash([files.Model, files.Card!]) : null),
            Diagnostics = diagnostics,
            Answers = [.. manifest.Answers.Select(manifest.Expand)],
            Features = features,
            Terms = terms,
            Ontology = ontology,
            ShapeTerms = shapeTerms,
        };
    }

    private static Domain WithChanges(Domain domain)
    {
        try
        {
            domain.Changes = ChangeCatalogue.Of(domain);
            return domain;
        }
        catch
        {
            domain.Dispose();
            throw;
        }
    }

    private static string EngineVersion =>
        typeof(Domain).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private static ImmutableArray<PositionedTriple> LoadOntology(DomainFiles files, KnowledgeGraph graph, CancellationToken cancellation)
    {
        var triples = ImmutableArray.CreateBuilder<PositionedTriple>();
        foreach (var file in files.Ontology)
        {
            var name = files.NameOf(file);
            var document = RdfDocument.Parse(files.ReadAllBytes(file), RdfFormat.Turtle, new RdfReaderOptions { FileName = name, BaseIri = "urn:reasoner:file:" + name }, cancellation);
            var source = new SourceDocument(SourceKind.File, name);
            for (var i = 0; i < document.Triples.Count; i++)
            {
                triples.Add(new PositionedTriple(document.Triples[i], new SourcePosition(name, document.Lines[i], 1)));
                graph.Assert(document.Triples[i], new FactSource(source, document.Lines[i]));
            }
        }

        return triples.ToImmutable();
    }

    private static void LoadData(DomainFiles files, KnowledgeGraph graph, CancellationToken cancellation)
    {
        foreach (var file in files.Data)
        {
            var rejected = KnowledgeLoader.LoadFile(graph, file, files.NameOf(file), cancellation);
            if (rejected.Count > 0)
                throw new DomainException(rejected.Take(20).Select(error => $"{files.NameOf(file)}: error: {error}"));
        }
    }

    private static (RuleSet Rules, RuleCatalogue Catalogue, ImmutableArray<Diagnostic> Diagnostics) LoadRules(
        DomainFiles files, ImmutableArray<PositionedTriple> ontology, KnowledgeGraph graph, CancellationToken cancellation)
    {
        var reading = RuleSetReader.ReadFiles(files.Rules, new RuleSetReaderOptions { NamesRelativeTo = files.Root, ImportRoot = files.Root }, cancellation);
        var (catalogue, problems) = RuleCatalogue.Create(reading.RuleSet);
        var axioms = OwlRlCompiler.Compile(ontology, SameAs.MayHold(graph, reading.RuleSet), cancellation);
        ImmutableArray<Diagnostic> diagnostics = [.. reading.Diagnostics, .. reading.HasErrors ? [] : WellFormedness.Check(reading.RuleSet), .. problems, .. axioms.Diagnostics];
        if (diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error))
            throw new RuleSetException([.. diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error)]);
        return (reading.RuleSet with { Rules = [.. reading.RuleSet.Rules, .. axioms.Rules] }, catalogue, diagnostics);
    }

    private static (ShapeSet Shapes, IReadOnlySet<Iri> Terms) LoadShapes(DomainFiles files, KnowledgeGraph graph, CancellationToken cancellation)
    {
        var shapes = new KnowledgeGraph();
        foreach (var file in files.Shapes) KnowledgeLoader.LoadFile(shapes, file, files.NameOf(file), cancellation);
        shapes.Freeze();
        var diagnostics = new List<Diagnostic>();
        var compiled = ShapeSet.Compile(shapes, graph.Terms, diagnostics);
        if (diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error)) throw new RuleSetException([.. diagnostics]);
        return (compiled, shapes.Triples.SelectMany(triple => new[] { triple.Subject, triple.Object }).OfType<Iri>().ToFrozenSet());
    }

    private static void RefuseInconsistency(Materialization baseline, RuleSet rules)
    {
        var terms = baseline.Graph.Terms;
        var facts = baseline.Graph.Match(0, terms.Find(CoreVocabulary.Inconsistency)).Take(10).ToList();
        if (terms.Find(CoreVocabulary.Inconsistency) == 0 || facts.Count == 0) return;
        var builder = new ProofBuilder(baseline, new RuleNames(rules));
        throw new DomainException(facts.Select(fact =>
            $"error: the ontology and data contradict each other at {terms[fact.Subject]} ({terms[fact.Object]}): {string.Join("; ", builder.Prove(fact)!.Nodes.Where(node => node.Rule is null))}"));
    }

    /// <summary>The label of each term.</summary>
    private FrozenDictionary<Term, string> ReadLabels()
    {
        var graph = Baseline.Graph;
        var label = graph.Terms.Find(CoreVocabulary.Label);
        if (label == 0) return FrozenDictionary<Term, string>.Empty;
        return graph.Match(0, label)
            .GroupBy(fact => fact.Subject, fact => graph.Terms[fact.Object])
            .Select(group => (Term: graph.Terms[group.Key], Label: CoreVocabulary.ChooseLabel(group)))
            .Where(pair => pair.Label is not null)
            .ToFrozenDictionary(pair => pair.Term, pair => pair.Label!);
    }
}
