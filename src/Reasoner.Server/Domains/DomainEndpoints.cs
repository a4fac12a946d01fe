using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Reasoner.Server;

/// <summary>What is deployed.</summary>
internal static class DomainEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/domains", List)
            .Describe("Domains", "listDomains", "The domains", "Every domain of the service, and whether it is loaded.")
            .Answers<DomainList>("application/json", "The domains, by name.");
        routes.MapGet("/v1/domains/{domain}", Find)
            .Describe("Domains", "getDomain", "A domain", "What a domain decides, on which versions, from which features, with which model.")
            .Answers<DomainDescription>("application/json", "The domain.")
            .Refuses(ProblemKind.UnknownDomain, ProblemKind.DomainUnavailable);
    }

    private static IResult List(DomainHost domains) =>
        Results.Json(new DomainList([.. domains.All.Select(DomainSummary.Of)]), ServerJson.Indented);

    private static async Task<IResult> Find(string domain, DomainHost domains, CancellationToken cancellation)
    {
        var pipeline = await domains.PipelineOf(domain, cancellation);
        return Results.Json(DomainDescription.Of(pipeline.Domain), ServerJson.Indented);
    }
}
