using System.Numerics.Tensors;

namespace Reasoner.Baselines;

/// <summary>Linear equations with a symmetric positive definite matrix.</summary>
internal static class Cholesky
{
    /// <summary>Solves matrix · x = right side.</summary>
    /// <param name="matrix">Row-major; only its lower half is read, and the factor is left there.</param>
    /// <param name="rightSide">Replaced by x.</param>
    /// <exception cref="InvalidOperationException">The matrix is not positive definite.</exception>
    public static void Solve(double[] matrix, double[] rightSide)
    {
        var size = rightSide.Length;
        ReadOnlySpan<double> Line(int row, int length) => matrix.AsSpan(row * size, length);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = matrix[i * size + j] - TensorPrimitives.Dot(Line(i, j), Line(j, j));
                if (i == j && !(rest > 0)) throw new InvalidOperationException("The matrix of second derivatives is not positive definite.");
                matrix[i * size + j] = i == j ? Math.Sqrt(rest) : rest / matrix[j * size + j];
            }
        }

        for (var i = 0; i < size; i++)
            rightSide[i] = (rightSide[i] - TensorPrimitives.Dot(Line(i, i), rightSide.AsSpan(0, i))) / matrix[i * size + i];
        for (var i = size - 1; i >= 0; i--)
        {
            rightSide[i] /= matrix[i * size + i];
            TensorPrimitives.MultiplyAdd(Line(i, i), -rightSide[i], rightSide.AsSpan(0, i), rightSide.AsSpan(0, i));
        }
    }
}
