using Reasoner.Decisions;

namespace Reasoner.Testing;

/// <summary>The shipped lending domain.</summary>
internal static class Lending
{
    public static string Manifest { get; } = new DomainCatalogue(startFolder: AppContext.BaseDirectory).ManifestOf("lending");

    public static string Sample => Path.Combine(Path.GetDirectoryName(Manifest)!, "data", "sample-applications.csv");

    public static Domain Load(bool withModel = false) => Domain.Load(Manifest, withModel);
}
