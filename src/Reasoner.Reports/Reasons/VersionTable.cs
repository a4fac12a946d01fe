using Reasoner.Decisions;

namespace Reasoner.Reports;

/// <summary>The versions of a record as rows of a table.</summary>
internal static class VersionTable
{
    public static IEnumerable<(string Part, string Version)> Of(VersionRecord versions) =>
    [
        ("Engine", versions.Engine),
        ("Rules", versions.Rules),
        ("Ontology", versions.Ontology),
        ("Shapes", versions.Shapes),
        ("Data", versions.Data),
        ("Model", versions.Model ?? "none: the domain has no model"),
    ];
}
