namespace Reasoner.Decisions;

/// <summary>
/// The domains on disk: the folders with a <c>domain.json</c> below a folder <c>ontologies</c>. That folder is found
/// from a start folder upwards, or named.
/// </summary>
public sealed class DomainCatalogue
{
    private const string ManifestFile = "domain.json";
    private readonly string? _ontologies;

    /// <summary>Looks for domains.</summary>
    /// <param name="ontologies">The folder of domains; null searches from the start folder and from the program's own folder upwards.</param>
    /// <param name="startFolder">Where to start; null: the current folder.</param>
    public DomainCatalogue(string? ontologies = null, string? startFolder = null) =>
        _ontologies = ontologies ?? FindUpwards(startFolder ?? Environment.CurrentDirectory) ?? FindUpwards(AppContext.BaseDirectory);

    /// <summary>The names of the domains, in ordinal order.</summary>
    public IReadOnlyList<string> Names => _ontologies is null
        ? []
        : [.. Directory.EnumerateDirectories(_ontologies)
            .Where(folder => File.Exists(Path.Combine(folder, ManifestFile)))
            .Select(folder => Path.GetFileName(folder)!)
            .Order(StringComparer.Ordinal)];

    /// <summary>The manifest of a domain, given its name, its folder or the manifest itself.</summary>
    /// <exception cref="UnknownDomainException">There is none.</exception>
    public string ManifestOf(string domain)
    {
        if (!IsPath(domain))
        {
            if (Names.Contains(domain)) return Path.Combine(_ontologies!, domain, ManifestFile);
        }
        else if (File.Exists(domain))
        {
            return Path.GetFullPath(domain);
        }
        else if (File.Exists(Path.Combine(domain, ManifestFile)))
        {
            return Path.GetFullPath(Path.Combine(domain, ManifestFile));
        }

        throw new UnknownDomainException(domain, Names, Advice());
    }

    private static bool IsPath(string domain) => domain.AsSpan().ContainsAny('/', '\\') || domain is "." or "..";

    private string Advice() => Names.Count > 0
        ? $"Known are: {string.Join(", ", Names)}."
        : "No folder ontologies with domains was found from here upwards; run from a folder that has one, or give the domain's folder.";

    private static string? FindUpwards(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "ontologies");
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }
}
