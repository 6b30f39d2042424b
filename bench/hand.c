/*
 * The hand-written functions of hand.ts in C, with their Hessians: value and gradient, Hessian (n × n, by rows,
 * every entry written), grid and a recording loop of gradient descent.
 * It answers one line for each line that it is asked:
 *   check NAME            f, then n gradient entries, then n × n Hessian entries
 *   time KIND NAME MS     nanoseconds a call: the fastest of five batches of MS milliseconds;
 *                         KIND is gradient, hessian, grid or descent
 * FORMULAS lists X(name, value, gradient, hessian, n, rate); at_NAME holds the points; both come from the header.
 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "points.h"

#define PI 3.14159265358979323846
#define E 2.71828182845904523536
#define TWO_PI (2 * PI)

typedef double (*value_fn)(const double *x, int n);
typedef double (*gradient_fn)(const double *x, double *g, int n);
typedef void (*hessian_fn)(const double *x, double *h, int n);

static double sphere_f(const double *p, int n) { (void)n; return p[0] * p[0] + p[1] * p[1]; }
static double sphere_g(const double *p, double *g, int n) {
  (void)n;
  double x = p[0], y = p[1];
  g[0] = 2 * x;
  g[1] = 2 * y;
  return x * x + y * y;
}
static void sphere_h(const double *p, double *h, int n) {
  (void)p; (void)n;
  h[0] = 2; h[1] = 0; h[2] = 0; h[3] = 2;
}

static double rosen2_f(const double *p, int n) {
  (void)n;
  double u = 1 - p[0], t = p[1] - p[0] * p[0];
  return u * u + 100 * t * t;
}
static double rosen2_g(const double *p, double *g, int n) {
  (void)n;
  double x = p[0], u = 1 - x, t = p[1] - x * x;
  g[0] = -2 * u - 400 * x * t;
  g[1] = 200 * t;
  return u * u + 100 * t * t;
}
static void rosen2_h(const double *p, double *h, int n) {
  (void)n;
  double x = p[0];
  h[0] = 2 + 1200 * x * x - 400 * p[1];
  h[1] = h[2] = -400 * x;
  h[3] = 200;
}

static double himmelblau_f(const double *p, int n) {
  (void)n;
  double x = p[0], y = p[1], a = x * x + y - 11, b = x + y * y - 7;
  return a * a + b * b;
}
static double himmelblau_g(const double *p, double *g, int n) {
  (void)n;
  double x = p[0], y = p[1], a = x * x + y - 11, b = x + y * y - 7;
  g[0] = 4 * x * a + 2 * b;
  g[1] = 2 * a + 4 * y * b;
  return a * a + b * b;
}
static void himmelblau_h(const double *p, double *h, int n) {
  (void)n;
  double x = p[0], y = p[1];
  h[0] = 12 * x * x + 4 * y - 42;
  h[1] = h[2] = 4 * (x + y);
  h[3] = 12 * y * y + 4 * x - 26;
}

static double beale_f(const double *p, int n) {
  (void)n;
  double x = p[0], y = p[1], y2 = y * y;
  double a = 1.5 - x + x * y, b = 2.25 - x + x * y2, c = 2.625 - x + x * y2 * y;
  return a * a + b * b + c * c;
}
static double beale_g(const double *p, double *g, int n) {
  (void)n;
  double x = p[0], y = p[1], y2 = y * y, y3 = y2 * y;
  double a = 1.5 - x + x * y, b = 2.25 - x + x * y2, c = 2.625 - x + x * y3;
  g[0] = 2 * (a * (y - 1) + b * (y2 - 1) + c * (y3 - 1));
  g[1] = 2 * x * (a + 2 * y * b + 3 * y2 * c);
  return a * a + b * b + c * c;
}
static void beale_h(const double *p, double *h, int n) {
  (void)n;
  double x = p[0], y = p[1], y2 = y * y, y3 = y2 * y;
  double a = 1.5 - x + x * y, b = 2.25 - x + x * y2, c = 2.625 - x + x * y3;
  double s = y - 1, t = y2 - 1, u = y3 - 1;
  h[0] = 2 * (s * s + t * t + u * u);
  h[1] = h[2] = 2 * (a + 2 * y * b + 3 * y2 * c) + 2 * x * (s + 2 * y * t + 3 * y2 * u);
  h[3] = 2 * x * (x + 2 * b + 4 * x * y2 + 6 * y * c + 9 * x * y2 * y2);
}

static double ackley2_f(const double *p, int n) {
  (void)n;
  double x = p[0], y = p[1];
  return -20 * exp(-0.2 * sqrt(0.5 * (x * x + y * y))) - exp(0.5 * (cos(TWO_PI * x) + cos(TWO_PI * y))) + E + 20;
}
static double ackley2_g(const double *p, double *g, int n) {
  (void)n;
  double x = p[0], y = p[1], r = sqrt(0.5 * (x * x + y * y)), a = exp(-0.2 * r);
  double b = exp(0.5 * (cos(TWO_PI * x) + cos(TWO_PI * y)));
  double slope = 2 * a / r, wave = PI * b;
  g[0] = slope * x + wave * sin(TWO_PI * x);
  g[1] = slope * y + wave * sin(TWO_PI * y);
  return -20 * a - b + E + 20;
}
static void ackley2_h(const double *p, double *h, int n) {
  (void)n;
  double x = p[0], y = p[1], r = sqrt(0.5 * (x * x + y * y)), a = exp(-0.2 * r);
  double cx = cos(TWO_PI * x), cy = cos(TWO_PI * y), sx = sin(TWO_PI * x), sy = sin(TWO_PI * y);
  double wave = PI * exp(0.5 * (cx + cy)), slope = 2 * a / r;
  double bend = -slope * (0.1 + 0.5 / r) / r;
  h[0] = slope + bend * x * x + PI * wave * (2 * cx - sx * sx);
  h[1] = h[2] = bend * x * y - PI * wave * sx * sy;
  h[3] = slope + bend * y * y + PI * wave * (2 * cy - sy * sy);
}

static double rastrigin_f(const double *x, int n) {
  double f = 10 * n;
  for (int i = 0; i < n; i++) f += x[i] * x[i] - 10 * cos(TWO_PI * x[i]);
  return f;
}
static double rastrigin_g(const double *x, double *g, int n) {
  double f = 10 * n;
  for (int i = 0; i < n; i++) {
    f += x[i] * x[i] - 10 * cos(TWO_PI * x[i]);
    g[i] = 2 * x[i] + 20 * PI * sin(TWO_PI * x[i]);
  }
  return f;
}
static void rastrigin_h(const double *x, double *h, int n) {
  memset(h, 0, sizeof(double) * n * n);
  for (int i = 0; i < n; i++) h[i * n + i] = 2 + 40 * PI * PI * cos(TWO_PI * x[i]);
}

static double rosenbrock_f(const double *x, int n) {
  double f = 0;
  for (int i = 0; i < n - 1; i++) {
    double t = x[i + 1] - x[i] * x[i], u = 1 - x[i];
    f += 100 * t * t + u * u;
  }
  return f;
}
static double rosenbrock_g(const double *x, double *g, int n) {
  double f = 0, carried = 0;
  for (int i = 0; i < n - 1; i++) {
    double t = x[i + 1] - x[i] * x[i], u = 1 - x[i];
    f += 100 * t * t + u * u;
    g[i] = carried - 400 * x[i] * t - 2 * u;
    carried = 200 * t;
  }
  g[n - 1] = carried;
  return f;
}
static void rosenbrock_h(const double *x, double *h, int n) {
  memset(h, 0, sizeof(double) * n * n);
  double carried = 0;
  for (int i = 0; i < n - 1; i++) {
    h[i * n + i] = carried + 2 + 1200 * x[i] * x[i] - 400 * x[i + 1];
    h[i * n + i + 1] = h[(i + 1) * n + i] = -400 * x[i];
    carried = 200;
  }
  h[n * n - 1] = carried;
}

#define ROWS ((int)(sizeof logistic_rows / sizeof logistic_rows[0]))
static double logistic_f(const double *w, int n) {
  (void)n;
  double f = 0;
  for (int i = 0; i < ROWS; i += 3) {
    const double *d = logistic_rows + i;
    f += log(1 + exp(d[2] * (w[0] + d[0] * w[1] + d[1] * w[2])));
  }
  return f;
}
static double logistic_g(const double *w, double *g, int n) {
  (void)n;
  double w0 = w[0], w1 = w[1], w2 = w[2], f = 0, g0 = 0, g1 = 0, g2 = 0;
  for (int i = 0; i < ROWS; i += 3) {
    double a = logistic_rows[i], b = logistic_rows[i + 1], sign = logistic_rows[i + 2];
    double e = exp(sign * (w0 + a * w1 + b * w2)), s = sign * e / (1 + e);
    f += log(1 + e);
    g0 += s;
    g1 += s * a;
    g2 += s * b;
  }
  g[0] = g0; g[1] = g1; g[2] = g2;
  return f;
}
static void logistic_h(const double *w, double *h, int n) {
  (void)n;
  double w0 = w[0], w1 = w[1], w2 = w[2], h00 = 0, h01 = 0, h02 = 0, h11 = 0, h12 = 0, h22 = 0;
  for (int i = 0; i < ROWS; i += 3) {
    double a = logistic_rows[i], b = logistic_rows[i + 1], sign = logistic_rows[i + 2];
    double e = exp(sign * (w0 + a * w1 + b * w2)), r = 1 / (1 + e), s = e * r * r;
    h00 += s;
    h01 += s * a;
    h02 += s * b;
    h11 += s * a * a;
    h12 += s * a * b;
    h22 += s * b * b;
  }
  h[0] = h00; h[1] = h[3] = h01; h[2] = h[6] = h02; h[4] = h11; h[5] = h[7] = h12; h[8] = h22;
}

#define HIDDEN 8
static const double xor_rows[12] = {0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0};
static double network_f(const double *w, int n) {
  (void)n;
  double f = 0;
  for (int s = 0; s < 12; s += 3) {
    double p = xor_rows[s], q = xor_rows[s + 1], sum = w[4 * HIDDEN];
    for (int j = 0; j < HIDDEN; j++) sum += w[3 * HIDDEN + j] * tanh(p * w[3 * j] + q * w[3 * j + 1] + w[3 * j + 2]);
    double error = tanh(sum) - xor_rows[s + 2];
    f += error * error;
  }
  return f;
}
static double network_g(const double *w, double *g, int n) {
  double f = 0, hidden[HIDDEN];
  memset(g, 0, sizeof(double) * n);
  for (int s = 0; s < 12; s += 3) {
    double p = xor_rows[s], q = xor_rows[s + 1], sum = w[4 * HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
      hidden[j] = tanh(p * w[3 * j] + q * w[3 * j + 1] + w[3 * j + 2]);
      sum += w[3 * HIDDEN + j] * hidden[j];
    }
    double out = tanh(sum), error = out - xor_rows[s + 2], delta = 2 * error * (1 - out * out);
    f += error * error;
    g[4 * HIDDEN] += delta;
    for (int j = 0; j < HIDDEN; j++) {
      double back = delta * w[3 * HIDDEN + j] * (1 - hidden[j] * hidden[j]);
      g[3 * HIDDEN + j] += delta * hidden[j];
      g[3 * j] += back * p;
      g[3 * j + 1] += back * q;
      g[3 * j + 2] += back;
    }
  }
  return f;
}
/* With z the sum before the last tanh: H = Σ φ″(z) ∇z ∇zᵀ + φ′(z) ∇²z, the second term within one unit's weights. */
static void network_h(const double *w, double *h, int n) {
  double slope[4 * HIDDEN + 1];
  memset(h, 0, sizeof(double) * n * n);
  for (int s = 0; s < 12; s += 3) {
    double in[3] = {xor_rows[s], xor_rows[s + 1], 1}, sum = w[4 * HIDDEN], hidden[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
      hidden[j] = tanh(in[0] * w[3 * j] + in[1] * w[3 * j + 1] + w[3 * j + 2]);
      sum += w[3 * HIDDEN + j] * hidden[j];
    }
    double out = tanh(sum), error = out - xor_rows[s + 2], flat = 1 - out * out;
    double first = 2 * error * flat, second = 2 * flat * (flat - 2 * error * out);
    for (int j = 0; j < HIDDEN; j++) {
      double v = w[3 * HIDDEN + j], bend = 1 - hidden[j] * hidden[j];
      for (int a = 0; a < 3; a++) slope[3 * j + a] = v * bend * in[a];
      slope[3 * HIDDEN + j] = hidden[j];
    }
    slope[4 * HIDDEN] = 1;
    for (int i = 0; i < n; i++) {
      double row = second * slope[i];
      for (int j = 0; j <= i; j++) h[i * n + j] += row * slope[j];
    }
    for (int j = 0; j < HIDDEN; j++) {
      double bend = 1 - hidden[j] * hidden[j], own = first * bend;
      double twice = -2 * first * w[3 * HIDDEN + j] * hidden[j] * bend;
      for (int a = 0; a < 3; a++) {
        for (int b = 0; b <= a; b++) h[(3 * j + a) * n + 3 * j + b] += twice * in[a] * in[b];
        h[(3 * HIDDEN + j) * n + 3 * j + a] += own * in[a];
      }
    }
  }
  for (int i = 0; i < n; i++)
    for (int j = i + 1; j < n; j++) h[i * n + j] = h[j * n + i];
}

static double product_f(const double *x, int n) {
  double f = 1;
  for (int i = 0; i < n; i++) f *= x[i];
  return f;
}
static double product_g(const double *x, double *g, int n) {
  double before = 1, after = 1;
  for (int i = 0; i < n; i++) {
    g[i] = before;
    before *= x[i];
  }
  for (int i = n - 1; i >= 0; i--) {
    g[i] *= after;
    after *= x[i];
  }
  return before;
}
static void product_h(const double *x, double *h, int n) {
  double after[64];
  after[n - 1] = 1;
  for (int i = n - 1; i > 0; i--) after[i - 1] = after[i] * x[i];
  double before = 1;
  for (int i = 0; i < n; i++) {
    h[i * n + i] = 0;
    double between = before;
    for (int j = i + 1; j < n; j++) {
      h[i * n + j] = h[j * n + i] = between * after[j];
      between *= x[j];
    }
    before *= x[i];
  }
}

static double nested12_f(const double *p, int n) {
  (void)n;
  double v = p[0] * p[1];
  for (int k = 0; k < 6; k++) v = sin(exp(v));
  return v;
}
static double nested12_g(const double *p, double *g, int n) {
  (void)n;
  double v = p[0] * p[1], slope = 1;
  for (int k = 0; k < 6; k++) {
    double a = exp(v);
    v = sin(a);
    slope *= a * cos(a);
  }
  g[0] = slope * p[1];
  g[1] = slope * p[0];
  return v;
}
static void nested12_h(const double *p, double *h, int n) {
  (void)n;
  double v = p[0] * p[1], first = 1, second = 0;
  for (int k = 0; k < 6; k++) {
    double a = exp(v), s = sin(a), c = cos(a);
    second = a * (c * second + (c - a * s) * first * first);
    first *= a * c;
    v = s;
  }
  h[0] = second * p[1] * p[1];
  h[1] = h[2] = second * p[0] * p[1] + first;
  h[3] = second * p[0] * p[0];
}

static double quotq_f(const double *p, int n) {
  (void)n;
  double x = p[0], y = p[1];
  return (x + 1) * (x + y + 3) / ((y + 2) * (x - y)) + x * y / ((1 + x * x) * (1 + y * y));
}
static double quotq_g(const double *p, double *g, int n) {
  (void)n;
  double x = p[0], y = p[1], a = x + 1, b = x + y + 3, c = y + 2, d = x - y, r = 1 / (c * d), first = a * b * r;
  double u = 1 + x * x, v = 1 + y * y, s = 1 / (u * v), second = x * y * s;
  g[0] = (a + b - first * c) * r + (y - 2 * second * x * v) * s;
  g[1] = (a - first * (d - c)) * r + (x - 2 * second * y * u) * s;
  return first + second;
}
/* q = N/D: q″ = (N″ − q D″ − q′D′ᵀ − D′q′ᵀ)/D for the first; the second is a product of x/(1+x²) and y/(1+y²). */
static void quotq_h(const double *p, double *h, int n) {
  (void)n;
  double x = p[0], y = p[1], a = x + 1, b = x + y + 3, c = y + 2, d = x - y, r = 1 / (c * d), q = a * b * r;
  double qx = (a + b - q * c) * r, qy = (a - q * (d - c)) * r;
  double iu = 1 / (1 + x * x), iv = 1 / (1 + y * y), sx = x * iu, sy = y * iv;
  double dx = (1 - x * x) * iu * iu, dy = (1 - y * y) * iv * iv;
  h[0] = (2 - 2 * qx * c) * r + 2 * x * (x * x - 3) * iu * iu * iu * sy;
  h[1] = h[2] = (1 - q - qx * (d - c) - qy * c) * r + dx * dy;
  h[3] = (2 * q - 2 * qy * (d - c)) * r + sx * 2 * y * (y * y - 3) * iv * iv * iv;
}

static double powxy_f(const double *p, int n) { (void)n; return pow(p[0], p[1]); }
static double powxy_g(const double *p, double *g, int n) {
  (void)n;
  double f = pow(p[0], p[1]);
  g[0] = p[1] * f / p[0];
  g[1] = f * log(p[0]);
  return f;
}
static void powxy_h(const double *p, double *h, int n) {
  (void)n;
  double x = p[0], y = p[1], f = pow(x, y), l = log(x), s = f / x;
  h[0] = y * (y - 1) * s / x;
  h[1] = h[2] = s * (1 + y * l);
  h[3] = f * l * l;
}

static double nonsmooth_f(const double *p, int n) {
  (void)n;
  double x = p[0], y = p[1];
  return atan2(y, x) + fabs(x - y) + fmin(x, y) * fmax(x * x, y);
}
static double nonsmooth_g(const double *p, double *g, int n) {
  (void)n;
  double x = p[0], y = p[1], xx = x * x, r = 1 / (xx + y * y);
  double least = x < y ? x : y, most = xx > y ? xx : y, side = (x > y) - (x < y);
  double lx = x < y ? 1 : x > y ? 0 : 0.5, mx = xx > y ? 1 : xx < y ? 0 : 0.5;
  g[0] = side - y * r + lx * most + least * mx * 2 * x;
  g[1] = x * r - side + (1 - lx) * most + least * (1 - mx);
  return atan2(y, x) + fabs(x - y) + least * most;
}
static void nonsmooth_h(const double *p, double *h, int n) {
  (void)n;
  double x = p[0], y = p[1], xx = x * x, yy = y * y, r = 1 / (xx + yy);
  double least = x < y ? x : y;
  double lx = x < y ? 1 : x > y ? 0 : 0.5, mx = xx > y ? 1 : xx < y ? 0 : 0.5;
  double turn = 2 * x * y * r * r;
  h[0] = turn + mx * (lx * 4 * x + 2 * least);
  h[1] = h[2] = (yy - xx) * r * r + lx * (1 - mx) + (1 - lx) * mx * 2 * x;
  h[3] = -turn + 2 * (1 - lx) * (1 - mx);
}

typedef struct {
  const char *name;
  value_fn value;
  gradient_fn gradient;
  hessian_fn hessian;
  int n;
  double rate;
  const double *at;
} formula;

#define X(name, code, n, rate) {#name, code##_f, code##_g, code##_h, n, rate, at_##name},
static const formula formulas[] = {FORMULAS};
#undef X

static double points[64][MOST], scratch[MOST], *matrix;
static volatile double sink;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static void call(const formula *f, int kind, long calls) {
  double sum = 0;
  int n = f->n;
  for (long i = 0; i < calls; i++) {
    const double *x = points[i & 63];
    if (kind == 'g') {
      sum += f->gradient(x, scratch, n) + scratch[0];
    } else if (kind == 'h') {
      f->hessian(x, matrix, n);
      sum += matrix[0];
    } else if (kind == 'r') {
      double *values = malloc(sizeof(double) * SIDE * SIDE), step = (WINDOW_MAX - WINDOW_MIN) / (SIDE - 1);
      memcpy(scratch, points[0], sizeof(double) * n);
      for (int row = 0, k = 0; row < SIDE; row++) {
        scratch[1] = WINDOW_MIN + row * step;
        for (int column = 0; column < SIDE; column++) {
          scratch[0] = WINDOW_MIN + column * step;
          values[k++] = f->value(scratch, n);
        }
      }
      sum += values[i % SIDE];
      free(values);
    } else {
      double *path = malloc(sizeof(double) * (STEPS + 1) * n), *slopes = malloc(sizeof(double) * (STEPS + 1) * n);
      double *values = malloc(sizeof(double) * (STEPS + 1)), g[MOST], rate = f->rate;
      memcpy(scratch, f->at, sizeof(double) * n);
      for (int k = 0; k <= STEPS; k++) {
        values[k] = f->gradient(scratch, g, n);
        for (int j = 0; j < n; j++) {
          path[k * n + j] = scratch[j];
          slopes[k * n + j] = g[j];
        }
        for (int j = 0; j < n; j++) scratch[j] -= rate * g[j];
      }
      sum += values[STEPS] + path[STEPS] + slopes[STEPS];
      free(path);
      free(slopes);
      free(values);
    }
  }
  sink = sum;
}

static double fastest(const formula *f, int kind, double milliseconds) {
  long calls = 1;
  double spent = 0, best = 1e300;
  for (;; calls *= 2) {
    double start = now();
    call(f, kind, calls);
    spent = now() - start;
    if (spent > 2e5) break;
  }
  calls = (long)(calls * milliseconds * 1e6 / spent) + 1;
  for (int batch = 0; batch < 5; batch++) {
    double start = now();
    call(f, kind, calls);
    double each = (now() - start) / calls;
    if (each < best) best = each;
  }
  return best;
}

int main(void) {
  char line[256], command[16], kind[16], name[32];
  double milliseconds;
  matrix = malloc(sizeof(double) * MOST * MOST);
  while (fgets(line, sizeof line, stdin)) {
    int timed = sscanf(line, "%15s %15s %31s %lf", command, kind, name, &milliseconds) == 4;
    if (!timed && sscanf(line, "%15s %31s", command, name) != 2) continue;
    const formula *f = NULL;
    for (size_t i = 0; i < sizeof formulas / sizeof formulas[0]; i++)
      if (!strcmp(formulas[i].name, name)) f = &formulas[i];
    if (!f) {
      puts("unknown");
    } else if (timed) {
      for (int k = 0; k < 64; k++)
        for (int i = 0; i < f->n; i++) points[k][i] = f->at[i] * (1 + 1e-3 * sin(7 * k + i));
      printf("%.6g\n", fastest(f, !strcmp(kind, "gradient") ? 'g' : !strcmp(kind, "hessian") ? 'h' : !strcmp(kind, "grid") ? 'r' : 'd', milliseconds));
    } else {
      printf("%.17g", f->gradient(f->at, scratch, f->n));
      f->hessian(f->at, matrix, f->n);
      for (int i = 0; i < f->n; i++) printf(" %.17g", scratch[i]);
      for (int i = 0; i < f->n * f->n; i++) printf(" %.17g", matrix[i]);
      puts("");
    }
    fflush(stdout);
  }
  return 0;
}
