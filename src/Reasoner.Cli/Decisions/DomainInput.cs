using System.CommandLine;
using Reasoner.Decisions;

namespace Reasoner.Cli;

/// <summary>The domain that a command works on.</summary>
internal static class DomainInput
{
    /// <summary>The argument that names it.</summary>
    public static Argument<string> Argument() => new("DOMAIN") { Description = "A domain's name, its folder or its domain.json" };

    /// <summary>Loads it.</summary>
    public static Domain Load(string name, CommandConsole console, CancellationToken cancellation, bool withModel = true)
    {
        var manifest = new DomainCatalogue().ManifestOf(name);
        return Work.Do(console, $"Loading {name}", null, _ => Domain.Load(manifest, withModel, cancellation));
    }
}
