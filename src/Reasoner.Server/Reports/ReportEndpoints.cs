using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Reasoner.Reports;
using Reasoner.Storage;

namespace Reasoner.Server;

/// <summary>Explanation reports of decisions.</summary>
internal static class ReportEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/decisions/{id}/report", Report)
            .Describe("Decisions", "getReport", "A decision explained", "The explanation report of a decision for people, in the format that the Accept header prefers; HTML without one.")
            .Answers<string>(ReportFormat.Html.MediaType, "The report.")
            .Answers<string>(ReportFormat.Markdown.MediaType, "The report.")
            .Answers<string>(ReportFormat.JsonLd.MediaType, "The decision's provenance (PROV-O).")
            .Answers<string>(ReportFormat.Turtle.MediaType, "The decision's provenance (PROV-O).")
            .Refuses(ProblemKind.UnknownDecision, ProblemKind.NotAcceptable, ProblemKind.StoreUnavailable);

    /// <summary>The format that an Accept header prefers (RFC 9110, section 12.5.1); null where it takes none.</summary>
    internal static ReportFormat? Choose(StringValues accept)
    {
        if (StringValues.IsNullOrEmpty(accept)) return ReportFormat.Html;
        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges)) return null;
        // The most specific range decides for each format; of formats liked alike, the first of the reports' own order.
        return ReportFormat.All
            .Select(format => (Format: format, Quality: QualityOf(format.MediaType, ranges)))
            .Where(pair => pair.Quality > 0)
            .OrderByDescending(pair => pair.Quality)
            .Select(pair => pair.Format)
            .FirstOrDefault();
    }

    private static double QualityOf(string mediaType, IEnumerable<MediaTypeHeaderValue> ranges)
    {
        var range = ranges
            .Where(range => range.MatchesMediaType(mediaType))
            .MaxBy(range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2);
        return range is null ? 0 : range.Quality ?? 1;
    }

    private static async Task<IResult> Report(string id, HttpContext http, IDecisionStore store, CancellationToken cancellation)
    {
        var decision = await store.RequireAsync(id, cancellation);
        var format = Choose(http.Request.Headers.Accept)
            ?? throw ProblemKind.NotAcceptable.Refuse($"A report can be had as {string.Join(" or ", ReportFormat.All.Select(format => format.MediaType))}.");
        var bytes = new MemoryStream();
        ExplanationReport.Write(decision.ToRecord(), format, bytes, cancellation);
        http.Response.Headers.Vary = HeaderNames.Accept;
        // A report is one file without scripts: whatever a record might smuggle in, no browser runs it.
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";
        return Results.Bytes(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), format.MediaType + "; charset=utf-8");
    }
}
