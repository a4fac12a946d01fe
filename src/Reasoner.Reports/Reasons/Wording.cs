using System.Globalization;
using Reasoner.Decisions;
using Reasoner.Decisions.Counterfactuals;

namespace Reasoner.Reports;

/// <summary>The sentences of a report, the same in every format.</summary>
internal static class Wording
{
    public const string ConfidenceMeaning =
        "the model's probability of this answer, among the answers that no constraint rejects";

    public const string ConflictIntroduction = "The smallest set of constraints that together reject every candidate:";

    public const string NoCandidates = "There was no candidate answer.";

    public const string VersionsIntroduction =
        "The decision depends on these and on nothing else but the case. Each is a SHA-256 hash of the content, except the engine's version.";

    public const string CounterfactualsTitle = "What would have led to another answer";

    public const string AlternativesAreDecided =
        "Each of these was decided like any case, with proofs of its own; the decision record holds them. The policy says what may change and at what cost; "
        + "what is not listed there, such as anything protected, is never changed. It is no promise: a new request is decided by the rules and facts of its day.";

    public const string NoValue = "not stated";

    public const string AboutTitle = "About this report, and how to contest the decision";

    public static string Headline(Explanation explanation) => explanation.Record.Status switch
    {
        DecisionStatus.Decided => $"The answer is: {AnswerLabel(explanation)}",
        DecisionStatus.Abstained => "The decision is left to a person",
        _ => "No answer is possible",
    };

    public static string Detail(Explanation explanation) => explanation.Record.Status switch
    {
        DecisionStatus.Decided => (explanation.Better(Verdict.Rejected).Count(), explanation.Better(Verdict.NotTried).Count()) switch
        {
            (0, 0) => "It had the best score of all candidate answers, and it violates no constraint.",
            var (rejected, untried) => "It violates no constraint." + HadBetterScores(rejected, "rejected") + HadBetterScores(untried, "not tried"),
        },
        DecisionStatus.Abstained => explanation.Accepted is null
            ? "No answer was given automatically."
            : $"The accepted answer is “{AnswerLabel(explanation)}”: no answer was given automatically.",
        _ => explanation.Candidates.IsEmpty
            ? NoCandidates
            : "Each of the candidate answers violates at least one constraint.",
    };

    public static string Status(DecisionStatus status) => status switch
    {
        DecisionStatus.Decided => "Decided",
        DecisionStatus.Abstained => "Left to a person",
        _ => "No valid answer",
    };

    public static string ReasonsIntroduction(Explanation explanation) => explanation switch
    {
        { PrincipalReasons.IsEmpty: true } => "The record names no reasons.",
        { Accepted: null } => "These violations are what rules out every candidate answer.",
        { PrincipalReasons: var reasons } when reasons.All(reason => !reason.Against) => "What supports the accepted answer.",
        { PrincipalReasons: var reasons } when reasons.All(reason => reason.Against) => "Why candidates with a better score were rejected.",
        _ => "First, why candidates with a better score were rejected; then, what supports the accepted answer.",
    };

    public static string VerdictWord(Verdict verdict) => verdict switch
    {
        Verdict.Accepted => "accepted",
        Verdict.Rejected => "rejected",
        _ => "not tried",
    };

    public static string Role(Reason reason) =>
        reason.Against ? $"against {reason.Candidate.Answer.Label}" : $"for {reason.Candidate.Answer.Label}";

    public static string Source(SourceRecord source)
    {
        if (source.Kind == "pipeline") return $"the pipeline ({source.Name})";
        return source.Place > 0
            ? $"{source.Kind} {source.Name}, {(source.Kind == "table" ? "row" : "line")} {Number(source.Place)}"
            : $"{source.Kind} {source.Name}";
    }

    public static string Missing(string step) => $"The record lacks the step {step}.";

    /// <summary>What to say of a candidate that has no reasons; null where it has some.</summary>
    public static string? NoReasons(CandidateRecord candidate)
    {
        if (!candidate.Violations.OrEmpty().IsEmpty || !candidate.Supports.OrEmpty().IsEmpty) return null;
        return candidate.Verdict == Verdict.NotTried
            ? "This candidate was not tried, because one that was tried before it stands. More effort would try it."
            : "Nothing speaks against this candidate, and no reason was derived for it.";
    }

    /// <summary>In which order the candidates are shown.</summary>
    public static string Order(Explanation explanation) =>
        explanation.HasPreferences ? "Every candidate answer: those that were tried, then the others, each as the model preferred them"
        : explanation.Candidates.Any(candidate => candidate.Verdict == Verdict.NotTried) ? "Every candidate answer: those that were tried, then the others, each by score"
        : "Every candidate answer, best score first";

    public static string ProofsIntroduction(Explanation explanation) => explanation.Proofs.IsEmpty
        ? "The record holds no proofs."
        : "A proof leads from a conclusion, by rules, down to facts that were given. A step that several proofs share is shown once, "
            + "and named where it is used again.";

    public static string Thinking(ThinkingRecord thinking) =>
        $"Effort {thinking.Effort}: {Count(thinking.Rounds, "round")} of proposing and validating, "
        + $"{Count(thinking.CandidatesTried, "candidate")} validated, {Count(thinking.ExpertsRun, "expert")} run.";

    public static string Counterfactuals(CounterfactualRecord found) => $"For the answer “{found.Want.Label}”: {CounterfactualWords.Outcome(found)}";

    public static string Alternative(AlternativeRecord alternative) =>
        $"{alternative.Answer.Label} with a confidence of {Percent(alternative.Confidence)}, at the cost {Cost(alternative.Cost)}";

    public static string Cost(decimal cost) => cost.ToString("0.##########", CultureInfo.InvariantCulture);

    public static string Change(CaseChange change) => $"{change.Path}: {change.From ?? NoValue} → {change.To}";

    public static string Cut(ProofTree tree) =>
        $"{LeftOut(tree.LeftOut)} left out here, to keep this report readable; the decision record has all of them.";

    public static string PictureCut(ProofPicture picture) => $"Only the top of the proof is drawn: {LeftOut(picture.LeftOut)} left out.";

    /// <summary>What the report is, and what its reader can do about the decision; a heading and its text each.</summary>
    public static IReadOnlyList<(string Heading, string Text)> About(DecisionRecord record) =>
    [
        ("What this report is",
            $"It was made from the decision record {record.Id} alone and adds nothing to it. A model scores the candidate answers; "
            + "rules decide which of them are valid. A score never outweighs a constraint. Each reason above is the conclusion of "
            + "a rule, and its proof leads from that conclusion down to the facts that were given."),
        ("How to check it",
            "Ask for the decision record. The command “reasoner verify” checks every proof in it with a checker that shares no "
            + "evaluation code with the engine, and the decision can be replayed from the case and the versions named above."),
        ("How to contest the decision",
            "If a fact is wrong or missing: find it in a proof or in the case as given, where its source is named, and ask whoever "
            + "sent you this report to correct it and to decide again. If a rule was applied that should not have been: name its "
            + "reason code and say why. You can ask for a person to look at the decision; quote the record's name, "
            + $"{record.Id}."),
    ];

    public static string Percent(double share) =>
        double.IsFinite(share) ? (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%" : "unknown";

    public static string Preference(CandidateRecord candidate) => candidate.Preference is { } preference ? Percent(preference) : "";

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string HadBetterScores(int candidates, string verdict) => candidates switch
    {
        0 => "",
        1 => $" One candidate answer had a better score and was {verdict}.",
        _ => $" {Number(candidates)} candidate answers had a better score and were {verdict}.",
    };

    private static string AnswerLabel(Explanation explanation) =>
        explanation.Record.Answer?.Label ?? explanation.Accepted?.Answer.Label ?? "unknown";

    private static string LeftOut(int steps) => steps switch
    {
        1 => "1 step is",
        >= ReportLimits.Counted => $"{Number(ReportLimits.Counted)} steps or more are",
        _ => $"{Number(steps)} steps are",
    };

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{Number(number)} {noun}s";
}
