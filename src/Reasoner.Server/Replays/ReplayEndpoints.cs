using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reasoner.Decisions;
using Reasoner.Storage;

namespace Reasoner.Server;

/// <summary>Deciding again what was decided.</summary>
internal static class ReplayEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/decisions/{id}/replay", Decide)
            .Describe("Decisions", "replay", "Decide again", "Decides the recorded case again and compares every byte of the record but its id and timings. The second decision is not kept.")
            .Answers<Replay>("application/json", "Whether the two agree.")
            .Refuses(
                ProblemKind.UnknownDecision, ProblemKind.UnknownDomain, ProblemKind.OtherVersions, ProblemKind.CaseRefused, ProblemKind.LimitReached,
                ProblemKind.DomainUnavailable, ProblemKind.StoreUnavailable, ProblemKind.Busy, ProblemKind.TimedOut);

    private static async Task<IResult> Decide(string id, DomainHost domains, DecisionDesk desk, IDecisionStore store, CancellationToken cancellation)
    {
        var record = (await store.RequireAsync(id, cancellation)).ToRecord();
        var pipeline = await domains.PipelineOf(record.Domain, cancellation);
        RequireVersions(record.Versions, pipeline.Domain.Versions);
        var again = await desk.ComputeAsync(pipeline, CaseInput.Of(record.Case, pipeline.Domain), Replay.ChoiceOf(record), cancellation);
        return Results.Json(Replay.Compare(record, again), ServerJson.Indented);
    }

    /// <summary>Makes sure that what a decision was made on is what is deployed.</summary>
    /// <exception cref="ProblemException">It is not.</exception>
    public static void RequireVersions(VersionRecord recorded, VersionRecord deployed)
    {
        if (recorded == deployed) return;
        (string Name, string? Recorded, string? Deployed)[] versions =
        [
            ("engine", recorded.Engine, deployed.Engine), ("rules", recorded.Rules, deployed.Rules), ("ontology", recorded.Ontology, deployed.Ontology),
            ("shapes", recorded.Shapes, deployed.Shapes), ("data", recorded.Data, deployed.Data), ("model", recorded.Model, deployed.Model),
        ];
        throw ProblemKind.OtherVersions.Refuse(
            "What the decision depends on has changed since; deploy the recorded versions to decide it again.",
            versions.Where(version => version.Recorded != version.Deployed).Select(version => new ProblemError
            {
                About = version.Name,
                Message = $"was {version.Recorded ?? "absent"} and is {version.Deployed ?? "absent"}",
            }));
    }
}
