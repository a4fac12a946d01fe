using System.CommandLine;
using System.Text.Json;
using Reasoner.Decisions;
using Reasoner.Inference;
using Reasoner.Rules;

namespace Reasoner.Cli;

/// <summary><c>reasoner verify</c>: checks decisions and proofs with the independent checker.</summary>
internal sealed class VerifyCommand : ReasonerCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "A decision record, many of them (.ndjson), or a proof that 'reasoner prove --format json' wrote; - is standard input" };
    private readonly Option<string> _format = Formats.Option("text", "json");

    public VerifyCommand(CommandSurroundings surroundings)
        : base(
            "verify",
            "Checks a decision or a proof, with a checker that shares no code with the engine. Exit status 1: refused.",
            surroundings,
            "verify d.json",
            "verify decisions.ndjson",
            "verify proof.json")
    {
        Arguments.Add(_file);
        Options.Add(_format);
    }

    private protected override int Run(ParseResult arguments)
    {
        var result = Verify(arguments.GetValue(_file)!);
        if (arguments.GetValue(_format) == "json") Console.Text.WriteLine(JsonSerializer.Serialize(result, ReadableJson.Context.VerificationResult));
        else Console.Text.WriteLine(result.Accepted ? $"accepted: {result.Fact} ({result.Steps} steps)" : $"refused: {result.Problem}");
        return result.Accepted ? ExitStatus.Done : ExitStatus.No;
    }

    private VerificationResult Verify(string name)
    {
        using var records = new RecordVerification(Console, Cancellation);
        if (name.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase)) return records.VerifyLines(name);
        using var stream = name == "-" ? Console.Input : InputFile.Open(name);
        using var document = JsonInput.Parse(stream, name);
        return RecordVerification.IsRecord(document.RootElement)
            ? records.Verify(JsonInput.Read(name, () => document.Deserialize(DecisionJson.Indented.DecisionRecord), "decision record"))
            : Verify(JsonInput.Read(name, () => document.Deserialize(CliJson.Default.ProofFile), "decision record, nor a proof that 'reasoner prove' wrote"));
    }

    private VerificationResult Verify(ProofFile file)
    {
        foreach (var input in file.Inputs.All)
            if (HashedFile.Of(input.Name).Sha256 != input.Sha256) return Refused(file, $"{input.Name} is not what it was when the proof was made: its SHA-256 differs.");
        if (file.ToProof(out var problem) is not { } proof) return Refused(file, problem);

        var request = new InferenceRequest(Names(file.Inputs.Rules), Names(file.Inputs.Data), Names(file.Inputs.Ontology), EvaluationOptions.Default);
        var inputs = InferenceInputs.Load(request, Console, Cancellation);
        if (!ProofInputs.Of(request, inputs.RuleSet).Imports.SequenceEqual(file.Inputs.Imports)) return Refused(file, "the rule files import others than the proof names.");
        Materializer.AssertData(inputs.RuleSet, inputs.Graph);
        var checker = new ProofChecker(new RuleNames(inputs.RuleSet), inputs.Graph, new EvaluationContext(file.Now), Cancellation);
        return checker.Check(proof) is { } refusal ? Refused(file, refusal.ToString()) : new VerificationResult(true, file.Fact, file.Proofs.Count, null);
    }

    private static string[] Names(IEnumerable<HashedFile> files) => [.. files.Select(file => file.Name)];

    private static VerificationResult Refused(ProofFile file, string problem) => new(false, file.Fact, file.Proofs.Count, problem);
}

/// <summary>What the checker says.</summary>
/// <param name="Accepted">Whether the proof stands.</param>
/// <param name="Fact">What it proves.</param>
/// <param name="Steps">How many steps it has.</param>
/// <param name="Problem">Why it is refused.</param>
internal sealed record VerificationResult(bool Accepted, string Fact, int Steps, string? Problem);
