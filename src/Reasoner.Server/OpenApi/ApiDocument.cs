using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Reasoner.Decisions;

namespace Reasoner.Server;

/// <summary>The service's description of itself: OpenAPI 3.1, made from the endpoints and their descriptions.</summary>
internal static class ApiDocument
{
    private static readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal)
    {
        ["domain"] = "The domain's name, one of GET /v1/domains.",
        ["id"] = "The decision's id, from its record.",
        ["explain"] = "How much to explain: verdicts only, reasons in words, or reasons with proofs (the default).",
        ["effort"] = "How much to spend: low, medium (the default), or every expert.",
        ["Idempotency-Key"] = "Any 1 to 255 printable ASCII characters. The same key with the same case and query gives the same record again; with others it is refused.",
    };

    /// <summary>Names the service and describes each operation's parameters, bodies and problems.</summary>
    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Reasoner",
                Version = "v1",
                Description = "Decides cases of domains that are written in RDF, SHACL and rules. Every answer comes with its proof. Errors are problem documents (RFC 9457).",
            };
            document.Servers = [new OpenApiServer { Url = "/" }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(async (operation, context, cancellation) =>
        {
            DescribeParameters(operation);
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<BodyDescription>().LastOrDefault() is { } body)
            {
                // The example is a case of one domain, so the path names that domain beside it.
                var example = ExampleCase.Of(context.ApplicationServices.GetRequiredService<DomainHost>());
                operation.RequestBody = Body(body, example);
                foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.Name == "domain") ?? []) parameter.Example = example.Domain;
            }

            if (metadata.OfType<QuestionDescription>().Any())
            {
                var question = await context.GetOrCreateSchemaAsync(typeof(CounterfactualRequest), cancellationToken: cancellation);
                operation.RequestBody = Question(question, ExampleCase.Of(context.ApplicationServices.GetRequiredService<DomainHost>()));
            }

            if (metadata.OfType<RefusalDescription>().LastOrDefault() is not { } refusals) return;
            var schema = await context.GetOrCreateSchemaAsync(typeof(Problem), cancellationToken: cancellation);
            context.Document!.AddComponent(nameof(Problem), schema);
            var reference = new OpenApiSchemaReference(nameof(Problem), context.Document);
            foreach (var kinds in refusals.Kinds.GroupBy(kind => kind.Status))
                (operation.Responses ??= [])[kinds.Key.ToString(System.Globalization.CultureInfo.InvariantCulture)] = Refusal([.. kinds], reference);
        });
    }

    /// <summary>Schemas follow the options that records are written with.</summary>
    public static void ConfigureSchemas(JsonSerializerOptions options)
    {
        foreach (var converter in ServerJson.Indented.Converters) options.Converters.Add(converter);
        options.NumberHandling = ServerJson.Indented.NumberHandling;
        options.DefaultIgnoreCondition = ServerJson.Indented.DefaultIgnoreCondition;
    }

    private static void DescribeParameters(OpenApiOperation operation)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (_parameters.TryGetValue(parameter.Name ?? "", out var description)) parameter.Description = description;
            var values = parameter.Name switch
            {
                DecisionQuery.Explain => DecisionQuery.ValuesOf<Explanation>(),
                DecisionQuery.Effort => DecisionQuery.ValuesOf<Effort>(),
                _ => null,
            };
            if (values is not null)
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. values.Select(value => (JsonNode)value)] };
        }
    }

    private static OpenApiRequestBody Body(BodyDescription body, ExampleCase example) => body.IsBatch
        ? new OpenApiRequestBody
        {
            Required = true,
            Description = "Cases as JSON objects, one a line, in UTF-8.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [BatchEndpoints.MediaType] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    Example = example.Json is null ? null : string.Concat(Enumerable.Repeat(example.Json.ToJsonString() + "\n", 2)),
                },
            },
        }
        : new OpenApiRequestBody
        {
            Required = true,
            Description = "The case: JSON read by the domain's context, or Turtle. One node of it is of the domain's subject class.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [CaseInput.Json] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.Object }, Example = example.Json?.DeepClone() },
                [CaseInput.Turtle] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    Example = example.Turtle,
                },
            },
        };

    private static OpenApiRequestBody Question(OpenApiSchema schema, ExampleCase example) => new()
    {
        Required = true,
        Description = "The wanted answer, and how far to look for it.",
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [CaseInput.Json] = new OpenApiMediaType { Schema = schema, Example = new JsonObject { ["want"] = example.Answer, ["max"] = 3 } },
        },
    };

    private static OpenApiResponse Refusal(ProblemKind[] kinds, OpenApiSchemaReference schema) => new()
    {
        Description = string.Join("; or: ", kinds.Select(kind => kind.Title)) + ".",
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [Problem.MediaType] = new OpenApiMediaType
            {
                Schema = schema,
                Examples = kinds.ToDictionary(kind => kind.Name, IOpenApiExample (kind) => new OpenApiExample
                {
                    Summary = kind.Title,
                    Value = JsonSerializer.SerializeToNode(kind.Of("What is wrong here and what to do."), ServerJson.OneLine),
                }),
            },
        },
    };
}
