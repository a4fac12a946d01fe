using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Reasoner.Storage;

namespace Reasoner.Server;

/// <summary>Makes a problem of everything that does not end well, whoever noticed it.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    private const long DrainBytes = 8 << 20;

    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

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
            if (exception is StorageException storage) log.StoreFailed(storage.Message);
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
    public static async Task WriteAsync(HttpContext http, Problem problem)
    {
        var response = http.Response;
        response.StatusCode = problem.Status;
        response.ContentType = Problem.MediaType;
        if (problem.Type == ProblemKind.Busy.Type || problem.Type == ProblemKind.KeyInUse.Type || problem.Type == ProblemKind.StoreUnavailable.Type) response.Headers.RetryAfter = "1";
        var isTooLarge = problem.Status == StatusCodes.Status413PayloadTooLarge;
        if (isTooLarge) response.Headers.Connection = "close";
        var bytes = JsonSerializer.SerializeToUtf8Bytes(problem, ServerJson.Indented);
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, CancellationToken.None);
        if (!isTooLarge) return;
        await response.CompleteAsync();
        await DrainAsync(http);
    }

    /// <summary>
    /// Reads on for a while what the client still sends: a connection that is closed with bytes unread is reset, and the client
    /// may lose the answer.
    /// </summary>
    private static async Task DrainAsync(HttpContext http)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        timeout.CancelAfter(DrainTime);
        try
        {
            for (long drained = 0; drained < DrainBytes;)
            {
                var read = await http.Request.BodyReader.ReadAsync(timeout.Token);
                drained += read.Buffer.Length;
                http.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) return;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            // The answer is out; whether the client gets it is up to the client now.
        }
    }

    private static Problem OfStatus(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => ProblemKind.NotFound.Of("See /openapi/v1.json for the addresses that there are."),
        StatusCodes.Status405MethodNotAllowed => ProblemKind.MethodNotAllowed.Of($"It takes {http.Response.Headers.Allow}."),
        var status => ProblemKind.MalformedRequest.Of("See /openapi/v1.json for what is understood.") with { Status = status },
    };
}
