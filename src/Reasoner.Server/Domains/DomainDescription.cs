using System.Collections.Immutable;
using Reasoner.Decisions;
using Reasoner.Experts;

namespace Reasoner.Server;

/// <summary>All domains.</summary>
/// <param name="Domains">The domains, by name.</param>
internal sealed record DomainList(ImmutableArray<DomainSummary> Domains);

/// <summary>A domain in short.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="State">How far it is loaded.</param>
/// <param name="Title">Its name for people, where its manifest can be read.</param>
/// <param name="Description">What it decides.</param>
/// <param name="Problems">Why it cannot be loaded; empty where it can.</param>
internal sealed record DomainSummary(string Name, DomainState State, string? Title, string? Description, ImmutableArray<string> Problems)
{
    public static DomainSummary Of(HostedDomain domain)
    {
        var state = domain.State;
        var load = state is DomainState.Loaded or DomainState.Failed ? domain.Load.Result : null;
        var manifest = load?.Pipeline?.Domain.Manifest ?? ManifestOf(domain);
        return new DomainSummary(domain.Name, state, manifest?.Title, manifest?.Description, load?.Problems ?? []);
    }

    private static DomainManifest? ManifestOf(HostedDomain domain)
    {
        try
        {
            return DomainManifest.Load(domain.ManifestPath);
        }
        catch (DomainException)
        {
            // A manifest that cannot be read is told by the domain's loading.
            return null;
        }
    }
}

/// <summary>A domain.</summary>
internal sealed record DomainDescription
{
    /// <summary>Its name in addresses.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Title { get; init; }

    /// <summary>What it decides.</summary>
    public required string? Description { get; init; }

    /// <summary>The class of what a case is about: the type of a case's root.</summary>
    public required string SubjectClass { get; init; }

    /// <summary>The possible answers.</summary>
    public required ImmutableArray<AnswerReference> Answers { get; init; }

    /// <summary>Content hashes of everything that decisions depend on.</summary>
    public required VersionRecord Versions { get; init; }

    /// <summary>Bounds of one decision.</summary>
    public required LimitSetting Limits { get; init; }

    /// <summary>What the model reads.</summary>
    public required ImmutableArray<FeatureSetting> Features { get; init; }

    /// <summary>The model's card; absent where the domain has no model.</summary>
    public required ModelCard? Model { get; init; }

    public static DomainDescription Of(Domain domain) => new()
    {
        Name = domain.Name,
        Title = domain.Manifest.Title,
        Description = domain.Manifest.Description,
        SubjectClass = domain.Manifest.Expand(domain.Manifest.SubjectClass).Value,
        Answers = [.. domain.Answers.Select(answer => new AnswerReference(answer.Value, domain.LabelOf(answer)))],
        Versions = domain.Versions,
        Limits = domain.Manifest.Limits,
        Features = domain.Manifest.Features,
        Model = domain.Proposer?.Card,
    };
}
