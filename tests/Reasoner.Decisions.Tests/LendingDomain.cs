namespace Reasoner.Decisions.Tests;

/// <summary>The shipped lending domain, loaded once for all tests.</summary>
internal static class LendingDomain
{
    private static readonly Lazy<Domain> _shared = new(() => Domain.Load(new DomainCatalogue(startFolder: AppContext.BaseDirectory).ManifestOf("lending")));

    public static Domain Shared => _shared.Value;

    public static DecisionPipeline Pipeline { get; } = new(Shared);

    public static CaseInput SampleCase => CaseInput.OfJson(File.ReadAllBytes(Shared.SampleCase!), "sample-case.json");
}
