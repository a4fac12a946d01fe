using System.CommandLine;
using Reasoner.Inference;

namespace Reasoner.Cli;

/// <summary>The options that say what to reason with: rules, data, ontologies and limits.</summary>
internal sealed class InferenceOptions
{
    private readonly Option<string[]> _rules = Files("--rules", "Rule files (SRL)", required: true);
    private readonly Option<string[]> _data = Files("--data", "Data files (.ttl, .nt, .rdf)", required: true);
    private readonly Option<string[]> _ontology = Files("--ontology", "Ontology files (.ttl, .nt, .rdf): their axioms become rules (OWL 2 RL)", required: false);
    private readonly Option<long> _maxFacts = new("--max-facts")
    {
        Description = "Stop after so many derived facts",
        DefaultValueFactory = _ => EvaluationOptions.Default.MaxDerivedFacts,
        HelpName = "N",
    };

    private readonly Option<double> _timeout = new("--timeout")
    {
        Description = "Stop after so many seconds",
        DefaultValueFactory = _ => EvaluationOptions.Default.MaxDuration.TotalSeconds,
        HelpName = "S",
    };

    private readonly Option<double?> _maxMemory = new("--max-memory")
    {
        Description = "Stop when the facts hold so many GiB (default: three quarters of what the process may have)",
        HelpName = "GIB",
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "Work with so many threads; the result is the same for any number",
        DefaultValueFactory = _ => EvaluationOptions.Default.Threads,
        HelpName = "N",
    };

    /// <summary>Adds the options to a command.</summary>
    public InferenceOptions(Command command)
    {
        _maxFacts.Validators.Add(result =>
        {
            if (result.GetValue(_maxFacts) < 1) result.AddError("--max-facts must be at least 1.");
        });
        _timeout.Validators.Add(result =>
        {
            if (result.GetValue(_timeout) is not (> 0 and < 1e9)) result.AddError("--timeout must be a number of seconds above 0.");
        });
        _maxMemory.Validators.Add(result =>
        {
            if (result.GetValue(_maxMemory) is not (null or (> 0 and < 1e6))) result.AddError("--max-memory must be a number of GiB above 0.");
        });
        _threads.Validators.Add(result =>
        {
            if (result.GetValue(_threads) is < 1 or > 1024) result.AddError("--threads must be from 1 to 1024.");
        });
        foreach (var option in (Option[])[_rules, _data, _ontology, _maxFacts, _timeout, _maxMemory, _threads]) command.Options.Add(option);
    }

    /// <summary>What the arguments say.</summary>
    public InferenceRequest Read(ParseResult arguments) => new(
        arguments.GetValue(_rules) ?? [],
        arguments.GetValue(_data) ?? [],
        arguments.GetValue(_ontology) ?? [],
        new EvaluationOptions
        {
            MaxDerivedFacts = arguments.GetValue(_maxFacts),
            MaxDuration = TimeSpan.FromSeconds(arguments.GetValue(_timeout)),
            MaxMemoryBytes = arguments.GetValue(_maxMemory) is { } gib ? (long)(gib * (1L << 30)) : EvaluationOptions.Default.MaxMemoryBytes,
            Threads = arguments.GetValue(_threads),
        });

    /// <summary>An option that takes one or more files.</summary>
    public static Option<string[]> Files(string name, string description, bool required) => new(name)
    {
        Description = description,
        Required = required,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
        HelpName = "FILE",
    };
}
