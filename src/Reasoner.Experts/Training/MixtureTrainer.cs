namespace Reasoner.Experts;

/// <summary>Trains a sparse mixture of experts on labelled rows.</summary>
public static class MixtureTrainer
{
    /// <summary>Held-out rows below which neither early stopping nor calibration would tell signal from noise.</summary>
    private const int FewestHeldOut = 20;

    /// <summary>Learns a mixture. The same rows, options and seed give the same mixture, bit for bit.</summary>
    /// <param name="schema">What each row holds.</param>
    /// <param name="rows">Past cases with the answers that proved right.</param>
    /// <param name="options">How to train; the defaults when left out.</param>
    /// <param name="progress">Told after every epoch.</param>
    /// <param name="cancellation">Stops the run between two steps.</param>
    /// <exception cref="ModelException">The rows or options cannot be trained on; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static TrainedMixture Train(
        FeatureSchema schema, IReadOnlyList<LabelledRow> rows, TrainingOptions? options = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new();
        var classes = Check(schema, rows, options);
        return Train(schema, rows, classes, options, fold: 0, progress, cancellation);
    }

    /// <summary>Refuses what cannot be trained on.</summary>
    /// <returns>The classes, in ordinal order.</returns>
    internal static string[] Check(FeatureSchema schema, IReadOnlyList<LabelledRow> rows, TrainingOptions options)
    {
        options.Check();
        if (rows.Count == 0) throw new ModelException("There are no rows to train on.", "Give past cases with their answers.");
        for (var i = 0; i < rows.Count; i++)
        {
            schema.Check(rows[i].Row, $"Row {i + 1}");
            if (string.IsNullOrEmpty(rows[i].Label))
                throw new ModelException($"Row {i + 1} has no label.", "Give every training row the answer that proved right, or leave it out.");
        }

        string[] classes = [.. rows.Select(row => row.Label).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (classes.Length == 1)
        {
            throw new ModelException(
                $"All {rows.Count} rows have the label \"{classes[0]}\", so there is nothing to tell apart.",
                "Add past cases with another answer.");
        }

        if (classes.Length > rows.Count / 2)
        {
            throw new ModelException(
                $"{rows.Count} rows have {classes.Length} different labels.",
                "Give at least two rows a label on average; a label must be an answer, not a number or a name of the case.");
        }

        return classes;
    }

    internal static TrainedMixture Train(
        FeatureSchema schema, IReadOnlyList<LabelledRow> rows, string[] classes, TrainingOptions options, int fold,
        IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var random = new Random(options.Seed);
        int[] labels = [.. rows.Select(row => Array.BinarySearch(classes, row.Label, StringComparer.Ordinal))];
        var (kept, heldOut) = Stratification.HoldOut(labels, options.HeldOut, random);
        if (heldOut.Length < FewestHeldOut) (kept, heldOut) = ([.. Enumerable.Range(0, rows.Count)], []);

        var encoder = FeatureEncoder.Learn(schema, [.. kept.Select(row => rows[row].Row)]);
        var shape = new MixtureShape(encoder.Width, options.Hidden, options.Experts, classes.Length);
        var training = Encode(kept);
        var validation = Encode(heldOut);

        var network = new MixtureNetwork(shape, StartingWeights.Draw(shape, training, random));
        Descend(network, training, validation, options, random, fold, progress, cancellation);
        // The exported file holds 32-bit floats: from here on the parameters are exactly those.
        foreach (ref var parameter in network.Parameters.AsSpan()) parameter = (float)parameter;
        var temperature = heldOut.Length == 0 ? 1 : (float)TemperatureScaling.Fit(Logits(network, validation, options.TopK), validation.Classes);
        var load = ExpertLoad(network, Encode([.. Enumerable.Range(0, rows.Count)]), options.TopK);
        return new(network, encoder, classes, options, temperature, heldOut.Length, rows.Count, load);

        TrainingSet Encode(int[] chosen) =>
            new(encoder.Encode([.. chosen.Select(row => rows[row].Row)]), [.. chosen.Select(row => labels[row])]);
    }

    private static void Descend(
        MixtureNetwork network, TrainingSet training, TrainingSet validation, TrainingOptions options, Random random,
        int fold, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        // A gate that keeps one expert gives it weight 1 whatever its logit, and would learn nothing: train with two.
        var topK = Math.Min(options.Experts, Math.Max(2, options.TopK));
        var denseEpochs = Math.Min(options.DenseEpochs, options.Epochs - 1);
        var loss = new MixtureLoss(
            network, ClassWeights(training, network.Shape.Classes, options.BalanceClasses), options.BalanceLoss, options.GateZLoss, options.Dropout);
        var adam = new Adam(network.Shape, options.WeightDecay);
        var gradient = new double[network.Shape.Parameters];
        int[] order = [.. Enumerable.Range(0, training.Count)];
        var best = (Loss: double.PositiveInfinity, Epoch: 0, Parameters: Array.Empty<double>());

        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            random.Shuffle(order);
            var learningRate = options.LearningRate * (0.05 + 0.95 * (1 + Math.Cos(Math.PI * epoch / options.Epochs)) / 2);
            double total = 0;
            for (var start = 0; start < order.Length; start += options.BatchSize)
            {
                cancellation.ThrowIfCancellationRequested();
                var batch = order.AsSpan(start, Math.Min(options.BatchSize, order.Length - start));
                total += batch.Length * loss.Accumulate(
                    training, batch, epoch < denseEpochs ? network.Shape.Experts : topK, random, gradient);
                adam.Step(network.Parameters, gradient, learningRate);
            }

            if (!double.IsFinite(total))
                throw new ModelException($"Training lost its way in epoch {epoch + 1}: the loss is no longer a number.", "Train with a smaller LearningRate.");
            var heldOutLoss = LogLoss(network, validation, options.TopK);
            progress?.Report(new(fold, epoch + 1, options.Epochs, total / order.Length, heldOutLoss));
            if (validation.Count == 0 || epoch < denseEpochs) continue;
            if (heldOutLoss < best.Loss) best = (heldOutLoss, epoch, [.. network.Parameters]);
            else if (epoch - best.Epoch >= options.Patience) break;
        }

        if (best.Parameters.Length > 0) best.Parameters.CopyTo(network.Parameters, 0);
    }

    private static double[] ClassWeights(TrainingSet training, int classes, bool areBalanced)
    {
        var weights = new double[classes];
        Array.Fill(weights, 1);
        if (!areBalanced) return weights;
        var counts = new int[classes];
        foreach (var label in training.Classes) counts[label]++;
        for (var c = 0; c < classes; c++) weights[c] = counts[c] == 0 ? 0 : (double)training.Count / (classes * counts[c]);
        return weights;
    }

    private static double[][] Logits(MixtureNetwork network, TrainingSet set, int topK)
    {
        var pass = new MixturePass(network.Shape);
        var logits = new double[set.Count][];
        for (var row = 0; row < set.Count; row++)
        {
            network.Forward(set.Input(row), topK, pass);
            logits[row] = [.. pass.Logits];
        }

        return logits;
    }

    private static double LogLoss(MixtureNetwork network, TrainingSet set, int topK)
    {
        var pass = new MixturePass(network.Shape);
        double sum = 0;
        for (var row = 0; row < set.Count; row++)
        {
            network.Forward(set.Input(row), topK, pass);
            sum += MixturePass.LogSumExp(pass.Logits) - pass.Logits[set.Classes[row]];
        }

        return sum / set.Count;
    }

    private static double[] ExpertLoad(MixtureNetwork network, TrainingSet set, int topK)
    {
        var pass = new MixturePass(network.Shape);
        var counts = new int[network.Shape.Experts];
        for (var row = 0; row < set.Count; row++)
        {
            network.Forward(set.Input(row), topK, pass);
            foreach (var expert in pass.Chosen) counts[expert]++;
        }

        return [.. counts.Select(count => (double)count / (set.Count * topK))];
    }
}
