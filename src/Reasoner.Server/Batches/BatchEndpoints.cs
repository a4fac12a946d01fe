using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Reasoner.Decisions;

namespace Reasoner.Server;

/// <summary>Deciding many cases in one request.</summary>
internal static class BatchEndpoints
{
    public const string MediaType = "application/x-ndjson";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/domains/{domain}/decisions/batch", Decide)
            .Describe("Decisions", "decideBatch", "Decide many cases", "One case a line in, one record or problem a line out, in the same order and as soon as each is decided. Read while you send: the service reads no faster than you do. Blank lines are passed over; a problem names its line.")
            .TakesBatch()
            .Answers<DecisionRecord>(MediaType, "A line for each case: its decision record, or a problem with the number of its line.")
            .Refuses(ProblemKind.MalformedRequest, ProblemKind.UnknownQuery, ProblemKind.UnknownDomain, ProblemKind.TooLarge, ProblemKind.UnsupportedMediaType, ProblemKind.DomainUnavailable)
            .DisableRequestTimeout();

    private static async Task Decide(
        string domain, string? explain, string? effort, [FromQuery] string[]? why, HttpContext http, DomainHost domains, DecisionDesk desk, ServerOptions limits, ILogger<Batch> log, CancellationToken cancellation)
    {
        var choice = DecisionQuery.Read(http.Request.Query);
        var pipeline = await domains.PipelineOf(domain, cancellation);
        CaseBody.RequireMediaType(http.Request, MediaType, "application/ndjson");
        if (http.Request.ContentLength > limits.BatchBytes)
            throw ProblemKind.TooLarge.Refuse($"A batch may have at most {limits.BatchBytes} bytes; send several.");

        // The batch counts its bytes itself: the server's own limit would cut the connection and lose the answers given so far.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        http.Response.ContentType = MediaType;
        await http.Response.StartAsync(cancellation);
        await new Batch(pipeline, choice, desk, limits, log).RunAsync(http.Request.BodyReader, http.Response.BodyWriter, cancellation);
    }
}
