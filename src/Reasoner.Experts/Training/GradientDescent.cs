using System.Runtime.InteropServices;

namespace Reasoner.Experts;

/// <summary>Fits a network to a training set by mini-batch descent, for a fixed time or until it gains no more on other rows.</summary>
internal sealed class GradientDescent
{
    private readonly TrainingSet _training;
    private readonly TrainingOptions _options;
    private readonly SeededRandom _random;
    private readonly DescentName _name;
    private readonly TrainingWatch _watch;
    private readonly MixtureLoss _loss;
    private readonly Adam _adam;
    private readonly double[] _gradient;
    private readonly int[] _order;
    private readonly double[] _best;
    private double _bestLoss = double.PositiveInfinity;
    private int _bestEpochs;
    private int _epoch;
    private bool _isDone;
    private DateTime _saved = DateTime.UtcNow;

    public GradientDescent(
        MixtureNetwork network, TrainingSet training, TrainingOptions options, SeededRandom random, DescentName name, TrainingWatch watch)
    {
        Network = network;
        _training = training;
        _options = options;
        _random = random;
        _name = name;
        _watch = watch;
        _loss = new(network, ClassWeights(), options.BalanceLoss, options.GateZLoss, options.Dropout);
        _adam = Adam.For(network.Shape, options.WeightDecay);
        _gradient = new double[network.Shape.Parameters];
        _order = [.. Enumerable.Range(0, training.Count)];
        _best = new double[network.Shape.Parameters];
        _watch.Checkpoint?.TryLoad(name, Load);
    }

    public MixtureNetwork Network { get; }

    /// <summary>Trains for a number of epochs.</summary>
    public void ForEpochs(int epochs)
    {
        while (_epoch < epochs)
        {
            var loss = Epoch();
            _watch.Report(_name, _epoch, epochs, loss, double.NaN);
            Checkpoint(_epoch == epochs);
        }
    }

    /// <summary>Trains until the log loss on held-out rows no longer falls, and goes back to where it was least.</summary>
    /// <returns>The number of epochs to that point.</returns>
    public int UntilNoGain(TrainingSet heldOut)
    {
        while (!_isDone && _epoch < _options.Epochs)
        {
            var isDense = IsDense;
            var loss = Epoch();
            var heldOutLoss = Network.LogLoss(heldOut, _options.TopK);
            _watch.Report(_name, _epoch, _options.Epochs, loss, heldOutLoss);
            if (!isDense && heldOutLoss < _bestLoss)
            {
                (_bestLoss, _bestEpochs) = (heldOutLoss, _epoch);
                Network.Parameters.CopyTo(_best, 0);
            }

            _isDone = _epoch == _options.Epochs || (!isDense && _epoch - _bestEpochs >= _options.Patience);
            Checkpoint(_isDone);
        }

        if (_bestEpochs > 0) _best.CopyTo(Network.Parameters, 0);
        return _bestEpochs;
    }

    private bool IsDense => _epoch < Math.Min(_options.DenseEpochs, _options.Epochs - 1);

    /// <summary>Shows the network every row once.</summary>
    /// <returns>The mean loss, with its penalties.</returns>
    private double Epoch()
    {
        // A gate that keeps one expert gives it weight 1 whatever its logit, and would learn nothing: train with two.
        var topK = IsDense ? _options.Experts : Math.Min(_options.Experts, Math.Max(2, _options.TopK));
        var learningRate = LearningRate.At(_options.LearningRate, _epoch, _options.Epochs);
        _random.Shuffle(_order);
        double total = 0;
        for (var start = 0; start < _order.Length; start += _options.BatchSize)
        {
            _watch.Cancellation.ThrowIfCancellationRequested();
            var batch = _order.AsSpan(start, Math.Min(_options.BatchSize, _order.Length - start));
            total += batch.Length * _loss.Accumulate(_training, batch, topK, _random, _gradient);
            _adam.Step(Network.Parameters, _gradient, learningRate);
        }

        _epoch++;
        if (double.IsFinite(total)) return total / _order.Length;
        throw new ModelException($"Training lost its way in epoch {_epoch}: the loss is no longer a number.", "Train with a smaller LearningRate.");
    }

    private double[] ClassWeights()
    {
        var weights = new double[_training.ClassCount];
        Array.Fill(weights, 1);
        if (!_options.BalanceClasses) return weights;
        var counts = new int[weights.Length];
        foreach (var label in _training.Classes) counts[label]++;
        for (var c = 0; c < weights.Length; c++)
            weights[c] = counts[c] == 0 ? 0 : (double)_training.Count / (weights.Length * counts[c]);
        return weights;
    }

    private void Checkpoint(bool isLast)
    {
        if (_watch.Checkpoint is not { } checkpoint || !(isLast || TrainingCheckpoint.IsDue(_saved))) return;
        checkpoint.Save(_name, Save);
        _saved = DateTime.UtcNow;
    }

    private void Save(BinaryWriter to)
    {
        to.Write(_epoch);
        to.Write(_isDone);
        to.Write(_bestLoss);
        to.Write(_bestEpochs);
        to.Write(MemoryMarshal.AsBytes<double>(_best));
        to.Write(MemoryMarshal.AsBytes<double>(Network.Parameters));
        to.Write(MemoryMarshal.AsBytes<int>(_order));
        _random.Save(to);
        _adam.Save(to);
    }

    private void Load(BinaryReader from)
    {
        _epoch = from.ReadInt32();
        _isDone = from.ReadBoolean();
        _bestLoss = from.ReadDouble();
        _bestEpochs = from.ReadInt32();
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_best.AsSpan()));
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(Network.Parameters.AsSpan()));
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_order.AsSpan()));
        _random.Load(from);
        _adam.Load(from);
    }
}
