using Reasoner.Decisions;

namespace Reasoner.Testing;

/// <summary>A domain of this repository, by name.</summary>
internal static class ShippedDomain
{
    public static string Manifest(string name) => new DomainCatalogue(startFolder: AppContext.BaseDirectory).ManifestOf(name);

    public static Domain Load(string name, bool withModel = false) => Domain.Load(Manifest(name), withModel);
}
