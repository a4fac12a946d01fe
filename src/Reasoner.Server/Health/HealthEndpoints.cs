using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Reasoner.Storage;

namespace Reasoner.Server;

/// <summary>Whether the service lives, and whether it can decide.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Json(new Health("live", []), ServerJson.Indented))
            .Describe("Health", "live", "Whether the service lives", "Answers as long as the process does.")
            .Answers<Health>("application/json", "The service lives.");
        routes.MapGet("/health/ready", Ready)
            .Describe("Health", "ready", "Whether the service is ready", "Ready means that every domain is loaded and that decisions can be kept. Asking starts the loading of those that are not.")
            .Answers<Health>("application/json", "Every domain is loaded, and decisions can be kept.")
            .Refuses(ProblemKind.NotReady);
    }

    private static async Task<IResult> Ready(DomainHost domains, IDecisionStore store, ILogger<DecisionDesk> log, CancellationToken cancellation)
    {
        domains.LoadAll();
        var states = domains.All.Select(DomainSummary.Of).ToImmutableArray();
        if (states.IsEmpty) throw ProblemKind.NotReady.Refuse("The service has no domains; start it where a folder ontologies is, or name that folder.");
        if (states.All(domain => domain.State == DomainState.Loaded))
        {
            await RequireAsync(store, log, cancellation);
            return Results.Json(new Health("ready", [.. states.Select(domain => domain.Name)]), ServerJson.Indented);
        }

        throw ProblemKind.NotReady.Refuse(
            $"{states.Count(domain => domain.State == DomainState.Loaded)} of {states.Length} domains are loaded.",
            states.Where(domain => domain.State != DomainState.Loaded).SelectMany(ProblemsOf));
    }

    private static async Task RequireAsync(IDecisionStore store, ILogger log, CancellationToken cancellation)
    {
        try
        {
            await store.CheckAsync(cancellation);
        }
        catch (StorageException problem)
        {
            log.StoreFailed(problem.Message);
            throw ProblemKind.NotReady.Refuse("The store of decisions cannot be used at the moment; the log says why.", [new ProblemError { About = "store", Message = "cannot be used at the moment" }]);
        }
    }

    private static IEnumerable<ProblemError> ProblemsOf(DomainSummary domain) => domain.State == DomainState.Failed
        ? domain.Problems.Select(problem => new ProblemError { About = domain.Name, Message = problem })
        : [new ProblemError { About = domain.Name, Message = "is still loading; ask again in a moment" }];
}

/// <summary>How the service is.</summary>
/// <param name="Status">live or ready.</param>
/// <param name="Domains">The domains that are loaded; empty where only life was asked for.</param>
internal sealed record Health(string Status, ImmutableArray<string> Domains);
