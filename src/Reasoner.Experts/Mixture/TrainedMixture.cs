namespace Reasoner.Experts;

/// <summary>
/// A mixture as training left it. Its parameters are already rounded to the 32-bit floats of the exported file, so what
/// it computes here is what the file will compute.
/// </summary>
public sealed class TrainedMixture
{
    internal TrainedMixture(
        MixtureNetwork network, FeatureEncoder encoder, IReadOnlyList<string> classes, TrainingOptions options,
        double temperature, int heldOutRows, int rows, IReadOnlyList<double> expertLoad)
    {
        Network = network;
        Encoder = encoder;
        Classes = classes;
        Options = options;
        Temperature = temperature;
        HeldOutRows = heldOutRows;
        Rows = rows;
        ExpertLoad = expertLoad;
        Experts = options.ExpertNames is { Count: > 0 } names
            ? [.. names.Select(name => new TrainedExpert(name))]
            : [.. Enumerable.Range(1, options.Experts).Select(number => new TrainedExpert($"expert {number}"))];
    }

    /// <summary>The features that rows must give.</summary>
    public FeatureSchema Schema => Encoder.Schema;

    /// <summary>The answers, in ordinal order.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The experts, in their order in the model.</summary>
    public IReadOnlyList<TrainedExpert> Experts
    {
        get;
        internal init => (field, ExpertNames) = (value, [.. value.Select(expert => expert.Name)]);
    }

    /// <summary>The experts' names, in their order in the model.</summary>
    public IReadOnlyList<string> ExpertNames { get; private init; } = [];

    /// <summary>How many experts run unless more or fewer are asked for.</summary>
    public int TopK => Options.TopK;

    /// <summary>The policy that says in which order answers are tried; null where the model has learned none.</summary>
    public ProposingPolicy? Policy { get; internal init; }

    /// <summary>The options of the training run.</summary>
    public TrainingOptions Options { get; }

    /// <summary>What the network's logits have been divided by to be calibrated; 1 when too few rows could be held out to tell.</summary>
    public double Temperature { get; }

    /// <summary>The rows whose answers were foretold once by a model that had not seen them, to calibrate by; 0 when they were too few.</summary>
    public int HeldOutRows { get; }

    /// <summary>All rows that the run was given.</summary>
    public int Rows { get; }

    /// <summary>The share of all assignments that each expert gets on these rows; 1 / experts is even.</summary>
    public IReadOnlyList<double> ExpertLoad { get; }

    /// <summary>For each row, in the order given, what a model proposed that had not seen it; empty when none were held out.</summary>
    public IReadOnlyList<Proposal> HeldOut { get; internal init; } = [];

    internal MixtureNetwork Network { get; }

    internal FeatureEncoder Encoder { get; }

    /// <summary>What the mixture thinks of a case, computed by the trainer's own code rather than ONNX Runtime.</summary>
    /// <param name="row">The case.</param>
    /// <param name="topK">How many experts run; as many as in training when left out.</param>
    /// <exception cref="ModelException">The row does not fit the schema, or there are not that many experts.</exception>
    public Proposal Propose(FeatureRow row, int? topK = null)
    {
        Schema.Check(row, "The row");
        var k = topK ?? TopK;
        if (k < 1 || k > Experts.Count)
            throw new ModelException($"{k} experts cannot be run.", $"The model has {Experts.Count}: ask for 1 to {Experts.Count}.");
        var pass = new MixturePass(Network.Shape);
        var probabilities = new double[Classes.Count];
        var encoded = new float[Encoder.Width];
        Encoder.Encode(row, encoded);
        var preferences = new double[Policy?.Answers.Count ?? 0];
        Forward(encoded, k, pass, probabilities, preferences);
        return ProposalOf(pass, probabilities, preferences);
    }

    /// <summary>Which class each answer is; -1 for one that no label teaches.</summary>
    internal int[] ClassesOf(IReadOnlyList<string> answers)
    {
        string[] classes = [.. Classes];
        return [.. answers.Select(answer => Array.IndexOf(classes, answer))];
    }

    /// <summary>The same mixture with a policy, whose logits the network has after those of the classes.</summary>
    internal TrainedMixture WithPolicy(MixtureNetwork network, ProposingPolicy policy) =>
        new(network, Encoder, Classes, Options, Temperature, HeldOutRows, Rows, ExpertLoad) { Experts = Experts, HeldOut = HeldOut, Policy = policy };

    /// <summary>The same mixture with one more expert, which the network has after the others.</summary>
    internal TrainedMixture WithExpert(MixtureNetwork network, TrainedExpert expert, IReadOnlyList<double> load) =>
        new(network, Encoder, Classes, Options, Temperature, HeldOutRows, Rows, load) { Experts = [.. Experts, expert], Policy = Policy };

    /// <summary>What a pass came to, as a proposer gives it.</summary>
    internal Proposal ProposalOf(MixturePass pass, double[] probabilities, double[] preferences) => Proposal.Of(
        Classes, [.. probabilities.Select(value => (float)value)], ExpertNames,
        [.. pass.Chosen.ToArray().Select(expert => (long)expert)], [.. pass.Weights.ToArray().Select(value => (float)value)],
        Policy?.Answers, [.. preferences.Select(value => (float)value)]);

    /// <summary>Computes calibrated probabilities of an encoded row, and the policy's preferences.</summary>
    internal void Forward(ReadOnlySpan<float> encoded, int topK, MixturePass pass, Span<double> probabilities, Span<double> preferences)
    {
        var input = new double[encoded.Length];
        for (var i = 0; i < input.Length; i++) input[i] = encoded[i];
        Network.Forward(input, topK, pass);
        MixturePass.SoftMax(pass.Logits.AsSpan(0, probabilities.Length), probabilities);
        if (!preferences.IsEmpty) MixturePass.SoftMax(pass.Logits.AsSpan(probabilities.Length, preferences.Length), preferences);
    }
}

/// <summary>An expert of a mixture.</summary>
/// <param name="Name">Its name in explanations.</param>
/// <param name="Segment">The segment of cases that it alone was trained on; null where it learned with the others from all.</param>
public sealed record TrainedExpert(string Name, string? Segment = null);
