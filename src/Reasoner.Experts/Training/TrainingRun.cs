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
    private readonly string[] _classes;
    private readonly TrainingOptions _options;
    private readonly Random _random;

    public TrainingRun(FeatureSchema schema, IReadOnlyList<LabelledRow> rows, string[] classes, TrainingOptions options)
    {
        _schema = schema;
        _rows = [.. rows.Select(row => row.Row)];
        _labels = [.. rows.Select(row => Array.BinarySearch(classes, row.Label, StringComparer.Ordinal))];
        _classes = classes;
        _options = options;
        _random = new(options.Seed);
    }

    public TrainedMixture Complete(int fold, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var rehearsals = _rows.Length < FewestRehearsedRows ? 0 : _options.Rehearsals;
        var logits = new List<double[]>();
        var labels = new List<int>();
        double epochs = 0;
        var part = rehearsals == 0 ? [] : Stratification.Folds(_labels, rehearsals, _random);
        for (var rehearsal = 0; rehearsal < rehearsals; rehearsal++)
        {
            int[] kept = [.. Enumerable.Range(0, _rows.Length).Where(row => part[row] != rehearsal)];
            int[] heldOut = [.. Enumerable.Range(0, _rows.Length).Where(row => part[row] == rehearsal)];
            var (descent, encoder, _) = Begin(kept, new(fold, rehearsal + 1, progress));
            var unseen = Encode(encoder, heldOut);
            epochs += descent.UntilNoGain(unseen, cancellation) / (double)rehearsals;
            logits.AddRange(descent.Network.Logits(unseen, _options.TopK));
            labels.AddRange(unseen.Classes);
        }

        var (last, lastEncoder, all) = Begin([.. Enumerable.Range(0, _rows.Length)], new(fold, 0, progress));
        last.ForEpochs(rehearsals == 0 ? _options.Epochs : Math.Max(1, (int)Math.Round(epochs)), cancellation);
        // The exported file holds 32-bit floats: from here on the parameters are exactly those.
        foreach (ref var parameter in last.Network.Parameters.AsSpan()) parameter = (float)parameter;
        var temperature = rehearsals == 0 ? 1 : (float)TemperatureScaling.Fit(logits, labels);
        return new(
            last.Network, lastEncoder, _classes, _options, temperature, labels.Count, _rows.Length,
            last.Network.ExpertLoad(all, _options.TopK));
    }

    private (GradientDescent Descent, FeatureEncoder Encoder, TrainingSet Set) Begin(int[] chosen, ProgressReporter reporter)
    {
        var encoder = FeatureEncoder.Learn(_schema, [.. chosen.Select(row => _rows[row])]);
        var set = Encode(encoder, chosen);
        var shape = new MixtureShape(encoder.Width, _options.Hidden, _options.Experts, _classes.Length);
        if (shape.Size > MaximumParameters)
        {
            throw new ModelException(
                $"The mixture would have {shape.Size} parameters, above the limit of {MaximumParameters}.",
                "Train with fewer or smaller experts, or with fewer features and categories.");
        }

        var network = new MixtureNetwork(shape, StartingWeights.Draw(shape, set, _random));
        return (new(network, set, _options, _random, reporter), encoder, set);
    }

    private TrainingSet Encode(FeatureEncoder encoder, int[] chosen) =>
        new(encoder.Encode([.. chosen.Select(row => _rows[row])]), [.. chosen.Select(row => _labels[row])]);
}
