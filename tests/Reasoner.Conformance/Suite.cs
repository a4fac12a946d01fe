using System.Collections.Concurrent;
using Reasoner.Rdf;

namespace Reasoner.Conformance;

/// <summary>A public test suite: a manifest, the manifests that it includes from its own folder, and their files.</summary>
internal sealed class Suite
{
    /// <summary>The test manifest vocabulary.</summary>
    public const string Manifest = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";

    private static readonly ConcurrentDictionary<(string, string), Suite> Loaded = new();

    private readonly string _folder;
    private readonly string _baseIri;
    private readonly ILookup<Term, Triple> _bySubject;

    private Suite(string folder, string baseIri, string manifest)
    {
        _folder = folder;
        _baseIri = baseIri;
        var triples = new List<Triple>();
        var nodes = new List<Term>();
        var open = new Queue<string>([manifest]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryDequeue(out var file))
        {
            if (!seen.Add(file)) continue;
            var document = Load(file, scope: $"m{seen.Count}");
            triples.AddRange(document);
            var bySubject = document.ToLookup(triple => triple.Subject);
            foreach (var list in document.Where(triple => triple.Predicate == new Iri(Manifest + "entries")))
                nodes.AddRange(Items(bySubject, list.Object));
            foreach (var list in document.Where(triple => triple.Predicate == new Iri(Manifest + "include")))
            {
                // Other suites that a manifest includes have classes of their own.
                foreach (var included in Items(bySubject, list.Object).Select(FileOf).OfType<string>()) open.Enqueue(included);
            }
        }

        _bySubject = triples.ToLookup(triple => triple.Subject);
        Entries = [.. nodes.Select(Entry).GroupBy(entry => entry.Name).SelectMany(Numbered)];
        ByName = Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    public IReadOnlyList<ManifestEntry> Entries { get; }

    public IReadOnlyDictionary<string, ManifestEntry> ByName { get; }

    /// <summary>The suite in a folder below shared/conformance.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="baseIri">The IRI that the suite is published at: the base of its relative references.</param>
    /// <param name="manifest">The manifest's file name.</param>
    public static Suite In(string folder, string baseIri, string manifest = "manifest.ttl") =>
        Loaded.GetOrAdd((folder, manifest), _ =>
        {
            var root = Path.Combine(ConformanceData.Folder!, folder);
            return new Suite(root, baseIri, Path.Combine(root, manifest));
        });

    /// <summary>The names of a suite's tests, as theory data; none where the suites are absent.</summary>
    public static TheoryData<string> Names(string folder, string baseIri, string manifest = "manifest.ttl")
    {
        var names = new TheoryData<string>();
        if (ConformanceData.Folder is null) return names;
        foreach (var entry in In(folder, baseIri, manifest).Entries) names.Add(entry.Name);
        return names;
    }

    /// <summary>The one value of a property, or null.</summary>
    public Term? Value(Term node, string property) => Values(node, property).FirstOrDefault();

    /// <summary>The values of a property.</summary>
    public IEnumerable<Term> Values(Term node, string property) =>
        _bySubject[node].Where(triple => triple.Predicate == new Iri(property)).Select(triple => triple.Object);

    /// <summary>The file that an IRI of the suite stands for; null if it is not of this suite.</summary>
    public string? FileOf(Term term) =>
        term is Iri iri && iri.Value.StartsWith(_baseIri, StringComparison.Ordinal)
            ? Path.Combine(_folder, Uri.UnescapeDataString(iri.Value[_baseIri.Length..]))
            : null;

    /// <summary>The IRI that a file of the suite is published at.</summary>
    public string IriOf(string file) => _baseIri + Path.GetRelativePath(_folder, file).Replace('\\', '/');

    private List<Triple> Load(string file, string scope)
    {
        var document = RdfDocument.Load(file, new RdfReaderOptions { FileName = file, BaseIri = IriOf(file) });
        return [.. document.Triples.Select(triple => new Triple(Scoped(triple.Subject), triple.Predicate, Scoped(triple.Object)))];

        Term Scoped(Term term) => term is BlankNode node ? new BlankNode(scope + node.Label) : term;
    }

    private static IEnumerable<Term> Items(ILookup<Term, Triple> bySubject, Term list)
    {
        while (list != RdfVocabulary.Nil)
        {
            yield return bySubject[list].First(triple => triple.Predicate == RdfVocabulary.First).Object;
            list = bySubject[list].First(triple => triple.Predicate == RdfVocabulary.Rest).Object;
        }
    }

    // Some tests share their name: the second of them gets a 2, and so on.
    private static IEnumerable<ManifestEntry> Numbered(IEnumerable<ManifestEntry> sameName) =>
        sameName.Select((entry, index) => index == 0 ? entry : entry with { Name = $"{entry.Name} ({index + 1})" });

    private ManifestEntry Entry(Term node)
    {
        var name = (Value(node, Manifest + "name") as Literal)?.LexicalForm
            ?? throw new InvalidDataException($"The test {node} has no name.");
        var type = (Value(node, RdfVocabulary.Type.Value) as Iri)?.Value ?? "";
        return new ManifestEntry(this, node, name, type[(type.LastIndexOfAny(['#', '/']) + 1)..]);
    }
}
