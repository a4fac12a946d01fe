using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Reasoner.Decisions.Counterfactuals;
using Reasoner.Experts;
using Reasoner.Rdf;

namespace Reasoner.Decisions;

/// <summary>What a domain consists of: <c>domain.json</c>, described by <c>ontologies/domain.schema.json</c>.</summary>
/// <remarks>The reader sets what the file leaves out to the type's default value, which every property turns into its own default.</remarks>
public sealed record DomainManifest
{
    private static readonly ManifestJson _json = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters =
        {
            new JsonStringEnumConverter<FeatureKind>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new JsonStringEnumConverter<ChangeDirection>(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
        },
    });

    /// <summary>The schema's address, for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>The domain's short name.</summary>
    public required string Name { get; init; }

    /// <summary>The domain's name for people.</summary>
    public required string Title { get; init; }

    /// <summary>What is decided.</summary>
    public string? Description { get; init; }

    /// <summary>Prefix to namespace.</summary>
    public required ImmutableSortedDictionary<string, string> Prefixes { get; init; }

    /// <summary>The class of what a case is about.</summary>
    public required string SubjectClass { get; init; }

    /// <summary>The possible answers.</summary>
    public required ImmutableArray<string> Answers { get; init; }

    /// <summary>Turtle files of the ontology.</summary>
    public required ImmutableArray<string> Ontology { get; init; }

    /// <summary>Turtle files of shapes.</summary>
    public ImmutableArray<string> Shapes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The JSON-LD context of JSON cases.</summary>
    public string? Context { get; init; }

    /// <summary>Files of background data.</summary>
    public ImmutableArray<string> Data { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>SRL files, or folders of them.</summary>
    public required ImmutableArray<string> Rules { get; init; }

    /// <summary>The folder of rule test cases.</summary>
    public string? Cases { get; init; }

    /// <summary>The case that is decided when none is given.</summary>
    public string? SampleCase { get; init; }

    /// <summary>CSVW metadata of labelled tables.</summary>
    public ImmutableArray<string> Tables { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>A small table of labelled cases, to train and evaluate with where no other is given.</summary>
    public string? SampleTable { get; init; }

    /// <summary>Where a labelled case says how it ended.</summary>
    public LabelSetting? Label { get; init; }

    /// <summary>The answer that no label teaches.</summary>
    public FallbackSetting? Fallback { get; init; }

    /// <summary>What an answer costs, given the one that would have been right; 0 where not stated. For evaluation only.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>> Costs { get; init => field = value ?? field; } =
        ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>>.Empty;

    /// <summary>The answers that are good for whom they concern. For measuring fairness only.</summary>
    public ImmutableArray<string> Favourable { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Which properties may change on the way to another answer; null where none may.</summary>
    public CounterfactualSetting? Counterfactuals { get; init; }

    /// <summary>What the model reads.</summary>
    public ImmutableArray<FeatureSetting> Features { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The questions that a case asks together; null where it asks one.</summary>
    public SlotSetting? Slots { get; init; }

    /// <summary>The trained model.</summary>
    public ModelSetting? Model { get; init; }

    /// <summary>How the model is trained.</summary>
    public TrainingSetting Training { get; init => field = value ?? field; } = new();

    /// <summary>Segments of cases for which experts of their own can be trained.</summary>
    public ImmutableArray<Segment> Segments { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Names of the experts.</summary>
    public ImmutableArray<string> ExpertNames { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Properties and classes that rules conclude for others to read: checks do not call such rules unused.</summary>
    public ImmutableArray<string> Outputs { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Bounds.</summary>
    public LimitSetting Limits { get; init => field = value ?? field; } = new();

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="DomainException">It is missing, malformed or contradicts itself.</exception>
    public static DomainManifest Load(string path)
    {
        DomainManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(File.ReadAllBytes(path), _json.DomainManifest)
                ?? throw new DomainException($"{path}: error: the manifest is null; see ontologies/domain.schema.json.");
        }
        catch (JsonException exception)
        {
            throw new DomainException(
                $"{path}:{exception.LineNumber + 1}:{exception.BytePositionInLine + 1}: error: {exception.Message} See ontologies/domain.schema.json.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DomainException($"{path}: error: the manifest cannot be read: {exception.Message}", exception);
        }

        var problems = manifest.Problems().Select(problem => $"{path}: error: {problem}").ToList();
        return problems.Count == 0 ? manifest : throw new DomainException(problems);
    }

    /// <summary>The IRI of a curie of the manifest.</summary>
    public Iri Expand(string curie)
    {
        var colon = curie.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && Prefixes.TryGetValue(curie[..colon], out var iri)
            ? new Iri(iri + curie[(colon + 1)..])
            : throw new DomainException($"error: \"{curie}\" does not start with a prefix that the manifest declares: {string.Join(", ", Prefixes.Keys)}.");
    }

    private IEnumerable<string> Problems()
    {
        var curies = Answers.Append(SubjectClass).Concat(Outputs)
            .Concat(Label is null ? [] : Label.Answers.Values.Append(Label.Property))
            .Concat(Fallback is null ? [] : [Fallback.Answer])
            .Concat(Slots is null ? [] : new[] { Slots.Class, Slots.Rows, Slots.Columns }.OfType<string>())
            .Concat(Features.SelectMany(feature => feature.Path.Split('/')).Select(step => step.TrimStart('^')));
        foreach (var curie in curies.Distinct())
        {
            var colon = curie.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !Prefixes.ContainsKey(curie[..colon]))
                yield return $"\"{curie}\" does not start with a declared prefix; declared are {string.Join(", ", Prefixes.Keys)}.";
        }

        if (Answers.IsEmpty) yield return "there are no answers; name at least one.";
        if (Fallback is { } fallback && !Answers.Contains(fallback.Answer)) yield return $"the fallback {fallback.Answer} is none of the answers.";
        foreach (var answer in Label?.Answers.Values ?? [])
            if (!Answers.Contains(answer)) yield return $"a label stands for {answer}, which is none of the answers.";
        foreach (var answer in Costs.Keys.Concat(Costs.Values.SelectMany(row => row.Keys)).Distinct().Where(answer => !Answers.Contains(answer)))
            yield return $"costs are stated for {answer}, which is none of the answers.";
        foreach (var answer in Favourable.Distinct().Where(answer => !Answers.Contains(answer)))
            yield return $"{answer} is called favourable, and is none of the answers.";
        if (Fallback is not null && Favourable.Contains(Fallback.Answer)) yield return $"the fallback {Fallback.Answer} is called favourable, and decides nothing.";
        foreach (var name in Features.GroupBy(feature => feature.Name).Where(group => group.Count() > 1))
            yield return $"two features are named {name.Key}.";
        foreach (var name in Segments.GroupBy(segment => segment.Name).Where(group => group.Count() > 1))
            yield return $"two segments are named {name.Key}.";
        foreach (var segment in Segments.Where(segment => Features.All(feature => feature.Name != segment.Feature)))
            yield return $"the segment {segment.Name} is told by {segment.Feature}, which is none of the features.";
        foreach (var problem in Segments.Select(SegmentProblem).OfType<string>()) yield return problem;
        if (Slots is { } slots)
        {
            if (Fallback is not null) yield return "there are slots and a fallback; where several questions are decided together, each has its own candidates.";
            if (slots.AtLeast < 0 || slots.AtMost < Math.Max(1, slots.AtLeast)) yield return $"a slot takes from {slots.AtLeast} to {slots.AtMost} candidates; give atLeast from 0 and atMost from 1, not less than atLeast.";
            if ((slots.Rows is null) != (slots.Columns is null)) yield return "a table of slots needs both rows and columns.";
            if (slots.ModelWeight is not (>= 0 and <= 1000)) yield return "modelWeight must be from 0 to 1000.";
        }

        if (Model is not null && Features.IsEmpty) yield return "there is a model, but no features that it could read.";
    }

    /// <summary>Why a segment's feature cannot tell it; null where it can, or where there is no such feature.</summary>
    private string? SegmentProblem(Segment segment)
    {
        if (Features.FirstOrDefault(feature => feature.Name == segment.Feature) is not { } told) return null;
        try
        {
            segment.Check(new FeatureSchema([new Feature(told.Name, told.Kind, told.Path)]));
            return null;
        }
        catch (ModelException exception)
        {
            return exception.Message;
        }
    }
}

/// <summary>Where a labelled case says how it ended.</summary>
/// <param name="Property">The subject's property that holds the outcome.</param>
/// <param name="Answers">The outcome's lexical value to the answer that would have been right.</param>
public sealed record LabelSetting(string Property, ImmutableSortedDictionary<string, string> Answers);

/// <summary>The answer that no label teaches, such as passing the case to a person.</summary>
/// <param name="Answer">One of the answers.</param>
/// <param name="Score">Its fixed score, 0 to 1.</param>
public sealed record FallbackSetting(string Answer, double Score);

/// <summary>A feature of the model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">The property path that reads it from the subject.</param>
/// <param name="Kind">The kind of its values.</param>
public sealed record FeatureSetting(string Name, string Path, FeatureKind Kind);

/// <summary>How several questions are decided together. Rules conclude slots and candidates (rsn:slot) and what limits them.</summary>
/// <param name="Class">The class of slots: what features are read from, and what a labelled row is about.</param>
/// <param name="AtLeast">The fewest candidates chosen for a slot that states no rsn:atLeast.</param>
/// <param name="AtMost">The most candidates chosen for a slot that states no rsn:atMost.</param>
/// <param name="ModelWeight">How much one unit of log-odds of the model's score is worth beside rsn:prefers.</param>
/// <param name="Rows">The slot's property whose values are the rows of a table of answers; null for a list.</param>
/// <param name="Columns">The slot's property whose values are its columns.</param>
public sealed record SlotSetting(string Class, int AtLeast = 1, int AtMost = 1, double ModelWeight = 1, string? Rows = null, string? Columns = null);

/// <summary>The trained model's files.</summary>
/// <param name="File">The ONNX file.</param>
/// <param name="Card">Its card.</param>
public sealed record ModelSetting(string File, string Card);

/// <summary>How the model is trained; what is left out has the trainer's default.</summary>
public sealed record TrainingSetting
{
    /// <summary>How many experts.</summary>
    public int? Experts { get; init; }

    /// <summary>How many of them run for a case.</summary>
    public int? TopK { get; init; }

    /// <summary>Seed of everything random.</summary>
    public int? Seed { get; init; }

    /// <summary>Most passes over the data.</summary>
    public int? Epochs { get; init; }

    /// <summary>Step size.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Passes without gain on held-out cases after which a training stops.</summary>
    public int? Patience { get; init; }

    /// <summary>Cases of one step.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Hidden units of each expert.</summary>
    public int? Hidden { get; init; }

    /// <summary>The chance with which a hidden unit is left out of a step.</summary>
    public double? Dropout { get; init; }

    /// <summary>The decay of weights.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>Whether rare answers weigh as much as common ones.</summary>
    public bool? BalanceClasses { get; init; }

    /// <summary>The most bins into which a number is divided.</summary>
    public int? NumericBins { get; init; }

    /// <summary>Members of the ensemble that teaches the model; 0 for none.</summary>
    public int? TeacherMembers { get; init; }

    /// <summary>The teacher's share in what is learned of a case.</summary>
    public double? TeacherTrust { get; init; }

    /// <summary>Whether the rules' verdicts teach the model in which order to propose; they do where this is left out.</summary>
    public bool? Reinforce { get; init; }

    /// <summary>Trainings on parts of the cases, by which the last one knows when to stop and how sure to be.</summary>
    public int? Rehearsals { get; init; }
}

/// <summary>Bounds of one decision.</summary>
/// <param name="DecisionMs">Longest time, in milliseconds.</param>
/// <param name="DerivedFacts">Most facts that a case may derive.</param>
/// <param name="CaseBytes">Largest case document, in bytes.</param>
public sealed record LimitSetting(int DecisionMs = 10_000, long DerivedFacts = 1_000_000, int CaseBytes = 1_000_000);

[JsonSerializable(typeof(DomainManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
