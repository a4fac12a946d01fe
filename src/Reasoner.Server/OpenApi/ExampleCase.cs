using System.Text.Json;
using System.Text.Json.Nodes;
using Reasoner.Decisions;

namespace Reasoner.Server;

/// <summary>What the API's description shows as a case: the sample case of the first domain that has one in JSON.</summary>
/// <param name="Domain">The domain that it is a case of; null where there is none.</param>
/// <param name="Json">The sample case; null where there is none.</param>
/// <param name="Turtle">How a case in Turtle starts; null where there is no domain.</param>
/// <param name="Answer">An answer that one may want: the first that is good for whom it concerns; null where there is no domain.</param>
internal sealed record ExampleCase(string? Domain, JsonNode? Json, string? Turtle, string? Answer)
{
    public static ExampleCase Of(DomainHost domains) =>
        domains.All.Select(Of).FirstOrDefault(example => example.Json is not null) ?? new ExampleCase(null, null, null, null);

    private static ExampleCase Of(HostedDomain domain)
    {
        try
        {
            var manifest = DomainManifest.Load(domain.ManifestPath);
            var file = Path.Combine(Path.GetDirectoryName(domain.ManifestPath)!, manifest.SampleCase ?? "");
            return new ExampleCase(
                manifest.Name,
                File.Exists(file) ? JsonNode.Parse(File.ReadAllBytes(file)) : null,
                $"<urn:case:example> a <{manifest.Expand(manifest.SubjectClass).Value}> .\n",
                manifest.Favourable.Concat(manifest.Answers).First());
        }
        catch (Exception exception) when (exception is DomainException or IOException or JsonException)
        {
            // The API can be described without an example; the domain's loading tells what is wrong with it.
            return new ExampleCase(null, null, null, null);
        }
    }
}
