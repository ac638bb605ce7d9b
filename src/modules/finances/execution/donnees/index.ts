import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { BaremeInterets } from '../domain/delai.ts'

const read = <T>(nom: string): T => parse(readFileSync(new URL(nom, import.meta.url), 'utf8')) as T

export type Rubrique = {
  code: string
  libelle: string
  premier: { code: string; libelle: string; bloquante: boolean }[]
  suivants: { code: string; libelle: string; bloquante: boolean }[]
}

export const comptesDeTiers = read<{
  depense: Record<string, string>
  recette: Record<string, string>
  retenue: Record<string, string>
  tva: { deductible: string; collectee: string }
}>('comptes-de-tiers.yaml')
export const piecesJustificatives = read<{ source: string; verifie: boolean; rubriques: Rubrique[] }>(
  'pieces-justificatives.yaml',
)
export const baremeInterets = read<BaremeInterets & { texte: string }>('delai-paiement.yaml')
