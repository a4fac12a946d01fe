using System.Text.Json;
using Microsoft.AspNetCore.Routing;

namespace Reasoner.Server.Tests;

[Collection(nameof(SharedServer))]
public class ApiDocumentTests(SharedServer shared)
{
    [Fact]
    public async Task Describes_every_route()
    {
        var api = await Document();
        Assert.StartsWith("3.1", api.GetProperty("openapi").GetString());
        var routes = ((IEndpointRouteBuilder)shared.Server.App).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(method => $"{method.ToLowerInvariant()} {endpoint.RoutePattern.RawText}"))
            .Where(route => !route.Contains("openapi", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        var described = Operations(api).Select(operation => $"{operation.Method} {operation.Path}").Order(StringComparer.Ordinal);
        Assert.Equal(routes, described);
        Assert.Contains("post /v1/domains/{domain}/decisions", described);
    }

    [Fact]
    public async Task Every_operation_says_what_it_takes_and_answers()
    {
        foreach (var (path, method, operation) in Operations(await Document()))
        {
            Assert.NotEmpty(operation.GetProperty("operationId").GetString()!);
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            Assert.NotEmpty(operation.GetProperty("description").GetString()!);
            if (operation.TryGetProperty("parameters", out var parameters))
                Assert.All(parameters.EnumerateArray(), parameter => Assert.NotEmpty(parameter.GetProperty("description").GetString()!));
            foreach (var response in operation.GetProperty("responses").EnumerateObject())
            {
                Assert.NotEmpty(response.Value.GetProperty("description").GetString()!);
                var mediaTypes = response.Value.GetProperty("content").EnumerateObject().ToList();
                if (response.Name != "200") Assert.Equal("application/problem+json", Assert.Single(mediaTypes).Name);
                Assert.All(mediaTypes, mediaType => Assert.True(mediaType.Value.TryGetProperty("schema", out _), $"{method} {path} {response.Name}"));
            }
        }
    }

    [Fact]
    public async Task The_example_of_a_case_is_one_that_the_service_reads()
    {
        var operation = (await Document()).GetProperty("paths").GetProperty("/v1/domains/{domain}/decisions").GetProperty("post");
        var content = operation.GetProperty("requestBody").GetProperty("content");
        var domain = operation.GetProperty("parameters").EnumerateArray().Single(parameter => parameter.GetProperty("name").GetString() == "domain").GetProperty("example").GetString()!;
        Assert.Equal(["application/json", "text/turtle"], content.EnumerateObject().Select(mediaType => mediaType.Name));
        var response = await shared.Server.Decide(content.GetProperty("application/json").GetProperty("example").GetRawText(), domain: domain);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var api = await Document();
        var references = References(api).Distinct().ToList();
        Assert.Contains("#/components/schemas/DecisionRecord", references);
        Assert.Contains("#/components/schemas/Problem", references);
        foreach (var reference in references)
        {
            var target = api;
            foreach (var step in reference.Split('/').Skip(1)) Assert.True(target.TryGetProperty(step, out target), reference);
        }
    }

    private async Task<JsonElement> Document() => JsonDocument.Parse(await shared.Server.Client.GetStringAsync("/openapi/v1.json")).RootElement;

    private static IEnumerable<(string Path, string Method, JsonElement Operation)> Operations(JsonElement api) =>
        api.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => (path.Name, method.Name, method.Value)));

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Name == "$ref" ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
