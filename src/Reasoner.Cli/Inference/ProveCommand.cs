using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Reasoner.Decisions;
using Reasoner.Inference;
using Reasoner.Reports;

namespace Reasoner.Cli;

/// <summary><c>reasoner prove</c>: a proof of one fact, or why it does not hold.</summary>
internal sealed class ProveCommand : ReasonerCommand
{
    private readonly InferenceOptions _inputs;
    private readonly Option<string> _fact = new("--fact")
    {
        Description = "The fact, in N-Triples, or with prefixes that the files declare",
        Required = true,
        HelpName = "'S P O'",
    };

    private readonly Option<string> _format = Formats.Option("text", "json", "svg");
    private readonly Option<string?> _out = new("--out") { Description = "Output file (default: standard output)", HelpName = "FILE" };

    public ProveCommand(CommandSurroundings surroundings)
        : base(
            "prove",
            "Proves one fact: shows the rules and data that it follows from, or why it does not hold (exit status 1).",
            surroundings,
            "prove --rules family.srl --data people.ttl --fact ':alice :ancestor :carol'",
            "prove --rules family.srl --data people.ttl --fact '<urn:a> <urn:p> <urn:b>' --format json --out proof.json",
            "prove --rules family.srl --data people.ttl --fact ':alice :ancestor :carol' --format svg --out proof.svg")
    {
        _inputs = new InferenceOptions(this);
        Options.Add(_fact);
        Options.Add(_format);
        Options.Add(_out);
    }

    private protected override int Run(ParseResult arguments)
    {
        var request = _inputs.Read(arguments);
        var format = arguments.GetValue(_format)!;
        var inputs = InferenceInputs.Load(request, Console, Cancellation);
        var notation = new Notation(inputs.Prefixes);
        var fact = notation.ReadTriple(arguments.GetValue(_fact)!, "--fact");
        var materialization = inputs.Materialize(request, Console, Cancellation);

        var names = new RuleNames(inputs.RuleSet);
        var proof = new ProofBuilder(materialization, names, Cancellation).ProveShortest(fact)?.Proof;
        if (proof is not null && new ProofChecker(names, inputs.Graph, materialization.Context, Cancellation).Check(proof) is { } refusal)
            throw new InvalidOperationException($"the checker refuses the proof that was built: {refusal}");

        if (proof is null && format == "svg")
        {
            // There is nothing to draw, and no file that a page would show in a proof's place.
            Console.Error.WriteLine("error: there is no proof to draw.");
            WriteWhyNot(WhyNot.Explain(materialization, fact, Cancellation), notation, isJson: false, Console.Error);
            return ExitStatus.No;
        }

        OutputFile.Write(arguments.GetValue(_out), Console, stream =>
        {
            using var text = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            if (proof is null) WriteWhyNot(WhyNot.Explain(materialization, fact, Cancellation), notation, format == "json", text);
            else if (format == "json") text.WriteLine(JsonSerializer.Serialize(ProofFile.Of(proof, ProofInputs.Of(request, inputs.RuleSet), materialization.Context.Now), ReadableJson.Context.ProofFile));
            else if (format == "svg") Draw(proof, names, notation, text);
            else new ProofTree(notation, names, text).Write(proof);
        });
        return proof is null ? ExitStatus.No : ExitStatus.Done;
    }

    private void Draw(ProofNode proof, RuleNames names, Notation notation, TextWriter text)
    {
        var recorder = new ProofRecorder(rule =>
        {
            names.TryGetNumber(rule, out var number);
            var applied = names.RuleSet.Rules[number];
            return applied.Name is { } name ? notation.Write(name) : RuleLabel.Of(applied, notation);
        });
        var root = recorder.Add(proof);
        ProofDrawing.Write(root, recorder.Steps, ImmutableDictionary<string, string>.Empty, text, Cancellation);
    }

    private static void WriteWhyNot(WhyNotReport report, Notation notation, bool isJson, TextWriter text)
    {
        if (isJson) text.WriteLine(JsonSerializer.Serialize(WhyNotRecord.Of(report, notation), ReadableJson.Context.WhyNotRecord));
        else new WhyNotText(notation, text).Write(report);
    }
}
