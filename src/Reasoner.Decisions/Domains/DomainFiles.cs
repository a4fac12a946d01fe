using System.Security.Cryptography;
using System.Text;

namespace Reasoner.Decisions;

/// <summary>The files of a domain on disk: found from the manifest, named relative to the folder that holds them all.</summary>
internal sealed class DomainFiles
{
    private readonly string _folder;

    public DomainFiles(string manifestPath, DomainManifest manifest)
    {
        ManifestPath = Path.GetFullPath(manifestPath);
        _folder = Path.GetDirectoryName(ManifestPath)!;

        // <root>/ontologies/<domain>/domain.json: names start at the root, so that they are the same on every machine.
        Root = Path.GetDirectoryName(Path.GetDirectoryName(_folder)) ?? _folder;
        Ontology = Resolve(manifest.Ontology);
        Shapes = Resolve(manifest.Shapes);
        Data = Resolve(manifest.Data);
        Rules = ResolveRules(manifest);
        Tables = Resolve(manifest.Tables);
        Context = ResolveOptional(manifest.Context);
        Cases = ResolveOptional(manifest.Cases);
        SampleCase = ResolveOptional(manifest.SampleCase);
        SampleTable = ResolveOptional(manifest.SampleTable);
        Model = ResolveOptional(manifest.Model?.File);
        Card = ResolveOptional(manifest.Model?.Card);
    }

    public string ManifestPath { get; }

    public string Root { get; }

    public IReadOnlyList<string> Ontology { get; }

    public IReadOnlyList<string> Shapes { get; }

    public IReadOnlyList<string> Data { get; }

    public IReadOnlyList<string> Rules { get; }

    public IReadOnlyList<string> Tables { get; }

    public string? Context { get; }

    public string? Cases { get; }

    public string? SampleCase { get; }

    public string? SampleTable { get; }

    public string? Model { get; }

    public string? Card { get; }

    /// <summary>The file's name in sources and positions.</summary>
    public string NameOf(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>A content hash of files: their names and bytes, in order.</summary>
    public string Hash(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            var bytes = ReadAllBytes(file);
            hash.AppendData(Encoding.UTF8.GetBytes($"{NameOf(file)}\0{bytes.Length}\0"));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public byte[] ReadAllBytes(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DomainException($"{NameOf(file)}: error: the file cannot be read: {exception.Message} The manifest {NameOf(ManifestPath)} names it.", exception);
        }
    }

    private string ResolveOne(string relative) => Path.GetFullPath(Path.Combine(_folder, relative));

    private string? ResolveOptional(string? relative) => relative is null ? null : ResolveOne(relative);

    private List<string> Resolve(IEnumerable<string> relative) => [.. relative.Select(ResolveOne)];

    private List<string> ResolveRules(DomainManifest manifest)
    {
        var files = new List<string>();
        foreach (var path in Resolve(manifest.Rules))
        {
            if (!Directory.Exists(path)) files.Add(path);
            else files.AddRange(Directory.EnumerateFiles(path, "*.srl").Order(StringComparer.Ordinal));
        }

        return files;
    }
}
