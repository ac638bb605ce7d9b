import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Centimes,
  compare,
  euros,
  formatEuros,
  formatFraction,
  fraction,
  fractionToCentimes,
  inEuros,
  minus,
  multiply,
  negate,
  plus,
  ratio,
  share,
  sum,
  times,
  timesOne,
  zMontant,
} from './argent.ts'

const amount = fc.bigInt({ min: -10_000_000_00n, max: 10_000_000_00n }).map((n) => n as Centimes)
const rate = fc.integer({ min: 0, max: 200_000 }).map((n) => ratio(n, 100_000))

describe('reading and writing', () => {
  test.each`
    text         | cents
    ${'2341.12'} | ${234112n}
    ${'2341'}    | ${234100n}
    ${'2341.1'}  | ${234110n}
    ${'-0.05'}   | ${-5n}
    ${'0'}       | ${0n}
  `('$text is $cents cents', ({ text, cents }) => expect(euros(text)).toBe(cents))

  test.each(['', '12,5', '1e3', '1.234', 'abc', ' 1', '1.'])('« %s » is not an amount', (text) => {
    expect(() => euros(text)).toThrow()
    expect(zMontant.safeParse(text).success).toBe(false)
  })

  test('what is written is read back the same', () => {
    fc.assert(fc.property(amount, (c) => euros(inEuros(c)) === c))
  })

  test('people read French amounts', () => {
    expect(formatEuros(euros('1806.66'))).toBe('1\u202f806,66\u00a0€')
    expect(formatEuros('-1234567.8')).toBe('\u22121\u202f234\u202f567,80\u00a0€')
    expect(formatEuros('0.05')).toBe('0,05\u00a0€')
  })

  test.each`
    text         | num        | den
    ${'6.90 %'}  | ${690n}    | ${10000n}
    ${'11 %'}    | ${11n}     | ${100n}
    ${'59.0734'} | ${590734n} | ${10000n}
    ${'6/7'}     | ${6n}      | ${7n}
  `('$text is $num/$den', ({ text, num, den }) => expect(fraction(text)).toEqual({ num, den }))

  test('a fraction is shown in decimals', () => {
    expect(formatFraction(fraction('0.1110'))).toBe('0.111')
    expect(formatFraction(ratio(6, 7))).toBe('0.8571')
    expect(formatFraction(ratio(-1, 2))).toBe('-0.5')
  })
})

describe('multiplying', () => {
  test('rate and prorata are multiplied exactly and rounded once', () => {
    expect(times(euros('2341.12'), [fraction('6.90 %'), ratio(18, 30)], 'auPlusProche')).toBe(9692n)
    expect(fractionToCentimes(ratio(385n * 590734n, 12n * 10000n))).toBe(euros('1895.27'))
  })

  test.each`
    arrondi           | plus    | moins
    ${'auPlusProche'} | ${101n} | ${-101n}
    ${'troncature'}   | ${100n} | ${-100n}
    ${'inferieur'}    | ${100n} | ${-101n}
    ${'superieur'}    | ${101n} | ${-100n}
  `('half a cent, $arrondi', ({ arrondi, plus: up, moins }) => {
    expect(times(201n as Centimes, [ratio(1, 2)], arrondi)).toBe(up)
    expect(times(-201n as Centimes, [ratio(1, 2)], arrondi)).toBe(moins)
  })

  test('a payment and its reversal give zero', () => {
    fc.assert(fc.property(amount, rate, (c, r) => timesOne(c, r) + timesOne(negate(c), r) === 0n))
  })

  test('the product is within half a cent of the exact one, and the two functions agree', () => {
    fc.assert(
      fc.property(amount, rate, rate, (c, a, b) => {
        const exactNum = c * a.num * b.num
        const den = a.den * b.den
        const gap = times(c, [a, b]) * den - exactNum
        return 2n * (gap < 0n ? -gap : gap) <= den && timesOne(c, a) === times(c, [a])
      }),
    )
  })

  test('sums, products and differences of fractions are exact', () => {
    fc.assert(
      fc.property(rate, rate, (a, b) => {
        const back = minus(plus(a, b), b)
        const product = multiply(a, b)
        return back.num * a.den === a.num * back.den && product.num * a.den * b.den === a.num * b.num * product.den
      }),
    )
  })
})

describe('sharing', () => {
  test('the parts add up to the total', () => {
    fc.assert(
      fc.property(amount, fc.array(fc.bigInt({ min: 1n, max: 10_000n }), { minLength: 1, maxLength: 12 }), (c, w) => {
        expect(sum(share(c, w))).toBe(c)
      }),
    )
  })
  test('no weight, no share', () => expect(() => share(euros('1'), [])).toThrow())
  test('amounts sort', () => expect([3n, 1n, 2n].map((n) => n as Centimes).sort(compare)).toEqual([1n, 2n, 3n]))
})
