using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Reasoner.Decisions.Counterfactuals;

namespace Reasoner.Decisions;

/// <summary>
/// A decision and everything that justifies it: what every interface returns, what the log keeps and what
/// a checker checks. Terms are written in N-Triples, facts as <c>s p o</c> in N-Triples.
/// <see cref="Id"/> and <see cref="Timings"/> are the only parts that may differ between two runs of the same case on the same versions.
/// </summary>
public sealed record DecisionRecord
{
    /// <summary>A name for this decision, unique.</summary>
    public required string Id { get; init; }

    /// <summary>The domain's name.</summary>
    public required string Domain { get; init; }

    /// <summary>The IRI of what is decided about.</summary>
    public required string Subject { get; init; }

    /// <summary>How the decision ended.</summary>
    public required DecisionStatus Status { get; init; }

    /// <summary>The answer; null unless <see cref="Status"/> is decided.</summary>
    public AnswerReference? Answer { get; init; }

    /// <summary>The answers by slot, where several questions were decided together and can be; null elsewhere.</summary>
    public ImmutableArray<SlotAnswer>? Answers { get; init; }

    /// <summary>What is said of several slots together; null where there is one question.</summary>
    public JointRecord? Joint { get; init; }

    /// <summary>The model's probability of the answer, renormalised over the answers that validation left; null without answer.</summary>
    public double? Confidence { get; init; }

    /// <summary>Every candidate answer, by rank.</summary>
    public required ImmutableArray<CandidateRecord> Candidates { get; init; }

    /// <summary>The experts that were consulted, by falling weight.</summary>
    public required ImmutableArray<ExpertShare> Experts { get; init; }

    /// <summary>How much was tried.</summary>
    public required ThinkingRecord Thinking { get; init; }

    /// <summary>The steps of all proofs by their names (<c>p1</c>, <c>p2</c>, …).</summary>
    public required ImmutableSortedDictionary<string, ProofStep> Proofs
    {
        get;
        // A record that was read from JSON keeps the order that it was written in.
        init => field = value.WithComparers(StepNameOrder.Instance);
    }

    /// <summary>The labels of the IRIs in the proofs, for those that have one.</summary>
    public ImmutableSortedDictionary<string, string> Labels
    {
        get;
        // A record without labels is read with null.
        init => field = value ?? field;
    } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The smallest set of constraints (IRIs) that together reject every candidate; empty where one is left.</summary>
    public required ImmutableArray<string> Conflict { get; init; }

    /// <summary>Content hashes of everything that the decision depends on.</summary>
    public required VersionRecord Versions { get; init; }

    /// <summary>The case as it was given: what a checker or a replay starts from.</summary>
    public required CaseRecord Case { get; init; }

    /// <summary>What would have led to another answer; null where nobody asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CounterfactualRecord? Counterfactuals { get; init; }

    /// <summary>How long each stage took.</summary>
    public required TimingRecord Timings { get; init; }
}

/// <summary>How a decision ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DecisionStatus>))]
public enum DecisionStatus
{
    /// <summary>An answer was accepted.</summary>
    [JsonStringEnumMemberName("decided")]
    Decided,

    /// <summary>The accepted answer is the one that leaves the decision to a person.</summary>
    [JsonStringEnumMemberName("abstained")]
    Abstained,

    /// <summary>Every candidate was rejected.</summary>
    [JsonStringEnumMemberName("infeasible")]
    Infeasible,
}

/// <summary>An answer.</summary>
/// <param name="Iri">Its IRI.</param>
/// <param name="Label">Its label in the ontology, or its local name.</param>
public sealed record AnswerReference(string Iri, string Label);

/// <summary>What became of a candidate.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>It violates nothing.</summary>
    [JsonStringEnumMemberName("accepted")]
    Accepted,

    /// <summary>It violates a constraint.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>It was not reached.</summary>
    [JsonStringEnumMemberName("not-tried")]
    NotTried,
}

/// <summary>A candidate answer.</summary>
public sealed record CandidateRecord
{
    /// <summary>The candidate's IRI in the graph.</summary>
    public required string Candidate { get; init; }

    /// <summary>The slot that it is for; null where there is one question.</summary>
    public string? Slot { get; init; }

    /// <summary>Whether it was chosen for its slot; null where there is one question.</summary>
    public bool? Chosen { get; init; }

    /// <summary>The soft weights that it has; null where there is one question.</summary>
    public ImmutableArray<PreferenceRecord>? Preferences { get; init; }

    /// <summary>The answer that it stands for.</summary>
    public required AnswerReference Answer { get; init; }

    /// <summary>The model's probability; the manifest's for an answer that no label teaches.</summary>
    public required double Score { get; init; }

    /// <summary>
    /// How much the model's policy prefers it, 0 to 1, after what was violated in earlier rounds; null where the model has no
    /// policy, and the score decides what is tried first.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Preference { get; init; }

    /// <summary>Its place, from 1: those that were tried first, then by preference, or by score where there is none.</summary>
    public required int Rank { get; init; }

    /// <summary>What became of it.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The constraints that it violates, by code, then IRI.</summary>
    public required ImmutableArray<ViolationRecord> Violations { get; init; }

    /// <summary>The reasons that support it, by code, then IRI.</summary>
    public required ImmutableArray<SupportRecord> Supports { get; init; }
}

/// <summary>Why a candidate is rejected.</summary>
/// <param name="Constraint">The constraint's IRI.</param>
/// <param name="Label">Its label.</param>
/// <param name="Code">The reason code of the rule, where it has one.</param>
/// <param name="Because">The rule's explanation with the case's values; null where no explanation was asked for.</param>
/// <param name="Source">The law or policy that the rule implements.</param>
/// <param name="Proof">The name of the proof's last step; null where less than a full explanation was asked for.</param>
public sealed record ViolationRecord(string Constraint, string Label, string? Code, string? Because, string? Source, string? Proof);

/// <summary>Why a candidate is right.</summary>
/// <param name="Reason">The reason's IRI.</param>
/// <param name="Label">Its label.</param>
/// <param name="Code">The reason code of the rule, where it has one.</param>
/// <param name="Because">The rule's explanation with the case's values; null where no explanation was asked for.</param>
/// <param name="Source">The law or policy that the rule implements.</param>
/// <param name="Proof">The name of the proof's last step; null where less than a full explanation was asked for.</param>
public sealed record SupportRecord(string Reason, string Label, string? Code, string? Because, string? Source, string? Proof);

/// <summary>An expert and its share in the scores.</summary>
/// <param name="Name">The expert.</param>
/// <param name="Weight">
/// Its gate weight; the weights of a decision add up to 1. An expert trained for a segment is named with weight 0 where it
/// had no say.
/// </param>
public sealed record ExpertShare(string Name, double Weight);

/// <summary>How much was tried.</summary>
/// <param name="Effort">The effort asked for: low, medium or high.</param>
/// <param name="Rounds">Rounds of proposing and validating.</param>
/// <param name="CandidatesTried">Candidates that were validated.</param>
/// <param name="ExpertsRun">Experts that computed.</param>
public sealed record ThinkingRecord(string Effort, int Rounds, int CandidatesTried, int ExpertsRun);

/// <summary>A step of a proof: either a rule with bindings and premises, or an asserted fact with its source.</summary>
/// <param name="Fact">What is proved.</param>
/// <param name="Rule">The rule's IRI; null for an asserted fact.</param>
/// <param name="Label">The rule's label.</param>
/// <param name="Bindings">The value of each variable; null for an asserted fact.</param>
/// <param name="Premises">The names of the steps that prove the rule's patterns, in their order; null for an asserted fact.</param>
/// <param name="Source">Where an asserted fact comes from; null for a derived one.</param>
public sealed record ProofStep(
    string Fact,
    string? Rule,
    string? Label,
    ImmutableSortedDictionary<string, string>? Bindings,
    ImmutableArray<string>? Premises,
    SourceRecord? Source);

/// <summary>Where an asserted fact comes from.</summary>
/// <param name="Kind">file, table, request, rules or pipeline.</param>
/// <param name="Name">The document.</param>
/// <param name="Place">Line or row; 0 where unknown.</param>
public sealed record SourceRecord(string Kind, string Name, int Place);

/// <summary>Content hashes (SHA-256, hexadecimal) of what a decision depends on.</summary>
/// <param name="Engine">The engine's version.</param>
/// <param name="Rules">The rule files.</param>
/// <param name="Ontology">The ontology files.</param>
/// <param name="Shapes">The shape files.</param>
/// <param name="Data">The background data, manifest and context.</param>
/// <param name="Model">The model and its card; null where the domain has none.</param>
public sealed record VersionRecord(string Engine, string Rules, string Ontology, string Shapes, string Data, string? Model);

/// <summary>The case as it was given.</summary>
/// <param name="MediaType">application/json, text/turtle, or text/csv for a row of a table.</param>
/// <param name="Name">The document that its facts name as their source.</param>
/// <param name="Text">The text, exactly; for a row of a table the header line and the row's line.</param>
/// <param name="Row">The row's number in its table; null for other cases.</param>
public sealed record CaseRecord(string MediaType, string Name, string Text, int? Row)
{
    /// <summary>What was replaced in the case before it was decided; null for a case that was decided as it was given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<CaseChange>? Changes { get; init; }
}

/// <summary>Microseconds that each stage took.</summary>
public sealed record TimingRecord(double RepresentUs, double ProposeUs, double ValidateUs, double DecideUs, double ExplainUs);
