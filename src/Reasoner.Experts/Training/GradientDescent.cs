namespace Reasoner.Experts;

/// <summary>Fits a network to a training set by mini-batch descent, for a fixed time or until it gains no more on other rows.</summary>
internal sealed class GradientDescent
{
    private readonly TrainingSet _training;
    private readonly TrainingOptions _options;
    private readonly Random _random;
    private readonly ProgressReporter _reporter;
    private readonly MixtureLoss _loss;
    private readonly Adam _adam;
    private readonly double[] _gradient;
    private readonly int[] _order;

    public GradientDescent(
        MixtureNetwork network, TrainingSet training, TrainingOptions options, Random random, ProgressReporter reporter)
    {
        Network = network;
        _training = training;
        _options = options;
        _random = random;
        _reporter = reporter;
        _loss = new(network, ClassWeights(), options.BalanceLoss, options.GateZLoss, options.Dropout);
        _adam = new(network.Shape, options.WeightDecay);
        _gradient = new double[network.Shape.Parameters];
        _order = [.. Enumerable.Range(0, training.Count)];
    }

    public MixtureNetwork Network { get; }

    /// <summary>Trains for a number of epochs.</summary>
    public void ForEpochs(int epochs, CancellationToken cancellation)
    {
        for (var epoch = 0; epoch < epochs; epoch++)
            _reporter.Report(epoch + 1, epochs, Epoch(epoch, cancellation), double.NaN);
    }

    /// <summary>Trains until the log loss on held-out rows no longer falls, and goes back to where it was least.</summary>
    /// <returns>The number of epochs to that point.</returns>
    public int UntilNoGain(TrainingSet heldOut, CancellationToken cancellation)
    {
        var best = (Loss: double.PositiveInfinity, Epochs: 0, Parameters: Network.Parameters);
        for (var epoch = 0; epoch < _options.Epochs; epoch++)
        {
            var loss = Epoch(epoch, cancellation);
            var heldOutLoss = Network.LogLoss(heldOut, _options.TopK);
            _reporter.Report(epoch + 1, _options.Epochs, loss, heldOutLoss);
            if (IsDense(epoch)) continue;
            if (heldOutLoss < best.Loss) best = (heldOutLoss, epoch + 1, [.. Network.Parameters]);
            else if (epoch + 1 - best.Epochs >= _options.Patience) break;
        }

        best.Parameters.CopyTo(Network.Parameters, 0);
        return best.Epochs;
    }

    /// <summary>Shows the network every row once.</summary>
    /// <returns>The mean loss, with its penalties.</returns>
    private double Epoch(int epoch, CancellationToken cancellation)
    {
        // A gate that keeps one expert gives it weight 1 whatever its logit, and would learn nothing: train with two.
        var topK = IsDense(epoch) ? _options.Experts : Math.Min(_options.Experts, Math.Max(2, _options.TopK));
        var learningRate = _options.LearningRate * (0.05 + 0.95 * (1 + Math.Cos(Math.PI * epoch / _options.Epochs)) / 2);
        _random.Shuffle(_order);
        double total = 0;
        for (var start = 0; start < _order.Length; start += _options.BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            var batch = _order.AsSpan(start, Math.Min(_options.BatchSize, _order.Length - start));
            total += batch.Length * _loss.Accumulate(_training, batch, topK, _random, _gradient);
            _adam.Step(Network.Parameters, _gradient, learningRate);
        }

        if (double.IsFinite(total)) return total / _order.Length;
        throw new ModelException($"Training lost its way in epoch {epoch + 1}: the loss is no longer a number.", "Train with a smaller LearningRate.");
    }

    private bool IsDense(int epoch) => epoch < Math.Min(_options.DenseEpochs, _options.Epochs - 1);

    private double[] ClassWeights()
    {
        var weights = new double[Network.Shape.Classes];
        Array.Fill(weights, 1);
        if (!_options.BalanceClasses) return weights;
        var counts = new int[weights.Length];
        foreach (var label in _training.Classes) counts[label]++;
        for (var c = 0; c < weights.Length; c++)
            weights[c] = counts[c] == 0 ? 0 : (double)_training.Count / (weights.Length * counts[c]);
        return weights;
    }
}
