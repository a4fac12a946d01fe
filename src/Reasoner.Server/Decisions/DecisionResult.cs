using Microsoft.AspNetCore.Http;
using Reasoner.Storage;

namespace Reasoner.Server;

/// <summary>Answers with a decision record and says where it is kept.</summary>
internal sealed class DecisionResult(StoredDecision decision) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = DecisionText.MediaType;
        response.ContentLength = decision.Json.Length;
        response.Headers.Location = "/v1/decisions/" + decision.Id;
        return response.Body.WriteAsync(decision.Json, httpContext.RequestAborted).AsTask();
    }
}
