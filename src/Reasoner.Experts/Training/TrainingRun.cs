namespace Reasoner.Experts;

/// <summary>
/// One training from rows to a finished mixture. It first rehearses: every part of the rows is held out once from a
/// model trained on the others, which shows how many epochs are enough and how sure the answers may be. The mixture
/// that is kept then learns from all rows for that long, so that no past case is lost to measuring.
/// </summary>
internal sealed class TrainingRun
{
    /// <summary>Rows below which held-out parts are too small to tell signal from noise.</summary>
    private const int FewestRehearsedRows = 50;

    /// <summary>A bound on memory: training keeps five numbers of eight bytes for each parameter.</summary>
    private const long MaximumParameters = 20_000_000;

    private readonly FeatureSchema _schema;
    private readonly FeatureRow[] _rows;
    private readonly int[] _labels;
    private readonly IReadOnlyList<double>?[] _teacher;
    private readonly string[] _classes;
    private readonly TrainingOptions _options;
    private readonly DescentName _name;
    private readonly TrainingWatch _watch;

    /// <param name="schema">What each row holds.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="classes">All classes, in ordinal order.</param>
    /// <param name="options">How to train.</param>
    /// <param name="name">The fold and member of an ensemble that is trained.</param>
    /// <param name="watch">Who hears of it.</param>
    public TrainingRun(
        FeatureSchema schema, IReadOnlyList<LabelledRow> rows, string[] classes, TrainingOptions options, DescentName name, TrainingWatch watch)
    {
        _schema = schema;
        _rows = [.. rows.Select(row => row.Row)];
        _labels = [.. rows.Select(row => Array.BinarySearch(classes, row.Label, StringComparer.Ordinal))];
        _teacher = [.. rows.Select(row => row.TaughtBy(classes))];
        _classes = classes;
        _options = options;
        _name = name;
        _watch = watch;
    }

    public TrainedMixture Complete()
    {
        var rehearsals = _rows.Length < FewestRehearsedRows ? 0 : _options.Rehearsals;
        var part = rehearsals == 0 ? [] : Stratification.Folds(_labels, rehearsals, _name.Random(_options.Seed));
        var epochs = new double[rehearsals];
        var logits = new double[_rows.Length][];
        SideBySide.Run(rehearsals, rehearsal =>
        {
            int[] kept = [.. Enumerable.Range(0, _rows.Length).Where(row => part[row] != rehearsal)];
            int[] heldOut = [.. Enumerable.Range(0, _rows.Length).Where(row => part[row] == rehearsal)];
            var (descent, encoder, _) = Begin(kept, _name with { Rehearsal = rehearsal + 1 });
            var unseen = Encode(encoder, heldOut);
            epochs[rehearsal] = descent.UntilNoGain(unseen);
            foreach (var (row, rowLogits) in heldOut.Zip(descent.Network.Logits(unseen, _options.TopK))) logits[row] = rowLogits;
        }, _watch.Cancellation);

        var (last, lastEncoder, all) = Begin([.. Enumerable.Range(0, _rows.Length)], _name);
        last.ForEpochs(rehearsals == 0 ? _options.Epochs : Math.Max(1, (int)Math.Round(epochs.Average())));
        var temperature = rehearsals == 0 ? 1 : TemperatureScaling.Fit(logits, _labels);
        var network = last.Network.Folded();
        network.Cool(temperature);
        network.RoundToFloats();
        return new(
            network, lastEncoder, _classes, _options, temperature, rehearsals == 0 ? 0 : _rows.Length, _rows.Length,
            network.ExpertLoad(all, _options.TopK))
        {
            HeldOut = rehearsals == 0 ? [] : [.. logits.Select(row => Proposal.Of(_classes, Array.ConvertAll(MixturePass.SoftMax(row, temperature), probability => (float)probability), [], [], []))],
        };
    }

    private (GradientDescent Descent, FeatureEncoder Encoder, TrainingSet Set) Begin(int[] chosen, DescentName name)
    {
        var random = name.Random(_options.Seed);
        var encoder = FeatureEncoder.Learn(_schema, [.. chosen.Select(row => _rows[row])], _options.NumericBins);
        var set = Encode(encoder, chosen);
        var shape = new MixtureShape(
            encoder.Width, _options.Hidden, _options.Experts, _classes.Length, EmbeddingLayout.Of(encoder, _options.EmbeddingDimensions));
        if (shape.Size > MaximumParameters)
        {
            throw new ModelException(
                $"The mixture would have {shape.Size} parameters, above the limit of {MaximumParameters}.",
                "Train with fewer or smaller experts, or with fewer features and categories.");
        }

        var network = new MixtureNetwork(shape, StartingWeights.Draw(shape, set, random));
        return (new(network, set, _options, random, name, _watch), encoder, set);
    }

    private TrainingSet Encode(FeatureEncoder encoder, int[] chosen) => new(
        encoder.Encode([.. chosen.Select(row => _rows[row])]), [.. chosen.Select(row => _labels[row])], _classes.Length,
        [.. chosen.Select(row => _teacher[row])], _options.TeacherTrust);
}
