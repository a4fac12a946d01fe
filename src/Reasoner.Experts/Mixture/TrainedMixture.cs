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
        ExpertNames = options.ExpertNames is { Count: > 0 } names
            ? names
            : [.. Enumerable.Range(1, options.Experts).Select(number => $"expert {number}")];
    }

    /// <summary>The features that rows must give.</summary>
    public FeatureSchema Schema => Encoder.Schema;

    /// <summary>The answers, in ordinal order.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The experts' names, in their order in the model.</summary>
    public IReadOnlyList<string> ExpertNames { get; }

    /// <summary>The options of the training run.</summary>
    public TrainingOptions Options { get; }

    /// <summary>What logits are divided by to be calibrated; 1 when too few rows could be held out to tell.</summary>
    public double Temperature { get; }

    /// <summary>The rows whose answers were foretold once by a model that had not seen them, to calibrate by; 0 when they were too few.</summary>
    public int HeldOutRows { get; }

    /// <summary>All rows that the run was given.</summary>
    public int Rows { get; }

    /// <summary>The share of all assignments that each expert gets on these rows; 1 / experts is even.</summary>
    public IReadOnlyList<double> ExpertLoad { get; }

    /// <summary>By row, in the order given, the calibrated probabilities from a model that had not seen it; empty when none were held out.</summary>
    internal IReadOnlyList<double[]> HeldOut { get; init; } = [];

    internal MixtureNetwork Network { get; }

    internal FeatureEncoder Encoder { get; }

    /// <summary>What the mixture thinks of a case, computed by the trainer's own code rather than ONNX Runtime.</summary>
    /// <param name="row">The case.</param>
    /// <param name="topK">How many experts run; as many as in training when left out.</param>
    /// <exception cref="ModelException">The row does not fit the schema, or there are not that many experts.</exception>
    public Proposal Propose(FeatureRow row, int? topK = null)
    {
        Schema.Check(row, "The row");
        var k = topK ?? Options.TopK;
        if (k < 1 || k > Options.Experts)
            throw new ModelException($"{k} experts cannot be run.", $"The model has {Options.Experts}: ask for 1 to {Options.Experts}.");
        var pass = new MixturePass(Network.Shape);
        var probabilities = new double[Classes.Count];
        var encoded = new float[Encoder.Width];
        Encoder.Encode(row, encoded);
        Forward(encoded, k, pass, probabilities);
        return ProposalOf(pass, probabilities);
    }

    /// <summary>What a pass came to, as a proposer gives it.</summary>
    internal Proposal ProposalOf(MixturePass pass, double[] probabilities) => Proposal.Of(
        Classes, [.. probabilities.Select(value => (float)value)], ExpertNames,
        [.. pass.Chosen.ToArray().Select(expert => (long)expert)], [.. pass.Weights.ToArray().Select(value => (float)value)]);

    /// <summary>Computes calibrated probabilities of an encoded row.</summary>
    internal void Forward(ReadOnlySpan<float> encoded, int topK, MixturePass pass, Span<double> probabilities)
    {
        var input = new double[encoded.Length];
        for (var i = 0; i < input.Length; i++) input[i] = encoded[i];
        Network.Forward(input, topK, pass);
        for (var c = 0; c < probabilities.Length; c++) probabilities[c] = pass.Logits[c] / Temperature;
        MixturePass.SoftMax(probabilities, probabilities);
    }
}
