using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Reasoner.Server;

/// <summary>Makes a problem of everything that does not end well, whoever noticed it.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (!http.Response.HasStarted && http.Response.StatusCode >= 400 && http.Response.ContentType is null)
                await WriteAsync(http, OfStatus(http));
        }
        catch (Exception exception) when (http.RequestAborted.IsCancellationRequested || exception is ConnectionResetException or ConnectionAbortedException)
        {
            // The client left, or the service was stopped for good: there is nobody to answer.
            http.Abort();
        }
        catch (Exception exception)
        {
            var problem = ProblemsOfCases.Of(exception);
            if (problem is null)
            {
                log.Failed(exception, http.TraceIdentifier, http.Request.Method, http.GetEndpoint()?.DisplayName);
                problem = ProblemsOfCases.Unexpected(http.TraceIdentifier);
            }

            if (http.Response.HasStarted) http.Abort();
            else await WriteAsync(http, problem);
        }
    }

    /// <summary>Answers with a problem.</summary>
    public static Task WriteAsync(HttpContext http, Problem problem)
    {
        var response = http.Response;
        response.StatusCode = problem.Status;
        response.ContentType = Problem.MediaType;
        if (problem.Type == ProblemKind.Busy.Type || problem.Type == ProblemKind.KeyInUse.Type) response.Headers.RetryAfter = "1";
        // What the client still sends of a body that is too large is not worth reading.
        if (problem.Status == StatusCodes.Status413PayloadTooLarge) response.Headers.Connection = "close";
        var bytes = JsonSerializer.SerializeToUtf8Bytes(problem, ServerJson.Indented);
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes, CancellationToken.None).AsTask();
    }

    private static Problem OfStatus(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => ProblemKind.NotFound.Of("See /openapi/v1.json for the addresses that there are."),
        StatusCodes.Status405MethodNotAllowed => ProblemKind.MethodNotAllowed.Of($"It takes {http.Response.Headers.Allow}."),
        var status => ProblemKind.MalformedRequest.Of("See /openapi/v1.json for what is understood.") with { Status = status },
    };
}
