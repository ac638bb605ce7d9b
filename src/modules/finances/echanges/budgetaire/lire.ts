import { type Centimes, euros } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import { isSiret } from '#socle/identifiants.ts'
import { type Anomalie, Refus } from '#socle/refus.ts'
import { at, child, children, type Noeud, readXml, valeur } from '#socle/xml/lire.ts'
import {
  type DocumentBudgetaire,
  ETAPES,
  type Etape,
  type LigneBudgetaire,
  MONTANTS,
  type Montant,
  type NiveauVote,
} from './document.ts'
import { listNomenclatures, splitNomenclature } from './plans.ts'

export const ESPACE_BUDGETAIRE = 'http://www.minefi.gouv.fr/cp/demat/docbudgetaire'

export type Lecture = {
  document: DocumentBudgetaire
  /** The amounts as the file writes them, line by line: an export repeats them unchanged. */
  ecrits: Partial<Record<Montant, string>>[]
  /** Lines of totals, present in a CFU, which are computed again and not kept. */
  lignesDeTotal: number
  anomalies: Anomalie[]
}

const MONTANT = /^-?\d{1,12}(\.\d{1,2})?$/
const JOUR = /^\d{4}-\d{2}-\d{2}$/
// A value out of these lists is refused, and never guessed.
const CODES = {
  BudgPrec: ['1', '2'],
  ReprRes: ['1', '2', '3', '4'],
  NatFonc: ['1', '2', '3'],
  CodTypBud: ['P', 'A'],
  NatVote: ['FcIc', 'FaIc', 'FcIa', 'FaIa'],
} as const

/** Collects the anomalies while reading: a refused value gives its reason and its line, and reading goes on. */
class Lecteur {
  readonly anomalies: Anomalie[] = []

  refuse(code: string, message: string, noeud: Noeud | undefined, bloquante = true) {
    this.anomalies.push({
      code: `totem.${code}`,
      message,
      bloquante,
      ...(noeud ? { lieu: `${noeud.nom}, ligne ${noeud.ligne}` } : {}),
    })
  }

  obligatoire(parent: Noeud | undefined, nom: string): string {
    const v = valeur(parent, nom)
    if (v === undefined || v === '')
      this.refuse('manque', `${nom} manque dans ${parent?.nom ?? 'le document'}.`, child(parent, nom) ?? parent)
    return v ?? ''
  }

  code<N extends keyof typeof CODES>(parent: Noeud | undefined, nom: N): (typeof CODES)[N][number] | undefined {
    const v = valeur(parent, nom)
    if (v === undefined) return undefined
    const connus: readonly string[] = CODES[nom]
    if (!connus.includes(v)) {
      this.refuse('code', `${nom} vaut « ${v} » ; les valeurs connues sont ${connus.join(', ')}.`, child(parent, nom))
      return undefined
    }
    return v as (typeof CODES)[N][number]
  }

  jour(parent: Noeud | undefined, nom: string): Jour | undefined {
    const v = valeur(parent, nom)
    if (v === undefined) return undefined
    const jour = v.slice(0, 10)
    if (!JOUR.test(jour) || Number.isNaN(Date.parse(jour))) {
      this.refuse('date', `${nom} vaut « ${v} », qui n’est pas une date (AAAA-MM-JJ).`, child(parent, nom))
      return undefined
    }
    return jour as Jour
  }

  montant(v: string, nom: string, noeud: Noeud): Centimes | undefined {
    if (MONTANT.test(v)) return euros(v)
    this.refuse('montant', `${nom} vaut « ${v} », qui n’est pas un montant.`, noeud)
    return undefined
  }

  siret(parent: Noeud | undefined, nom: string): string | undefined {
    const v = valeur(parent, nom)
    if (v === undefined) return undefined
    if (!/^\d{14}$/.test(v))
      this.refuse('siret', `${nom} vaut « ${v} » : un SIRET a quatorze chiffres.`, child(parent, nom))
    else if (!isSiret(v))
      this.refuse('siretCle', `La clé de contrôle du SIRET ${v} n’est pas la bonne.`, child(parent, nom), false)
    return v
  }
}

function readLigne(noeud: Noeud, l: Lecteur): { ligne: LigneBudgetaire; ecrits: Partial<Record<Montant, string>> } {
  const montants: Partial<Record<Montant, Centimes>> = {}
  const ecrits: Partial<Record<Montant, string>> = {}
  const montantsSupplementaires: { code: string; montant: Centimes }[] = []
  const caracteristiques: { code: string; valeur: string }[] = []
  const v: Record<string, string> = {}
  for (const e of noeud.enfants) {
    const texte = e.attributs.V
    if (texte === undefined) continue
    const nom = MONTANTS[e.nom as keyof typeof MONTANTS]
    if (nom) {
      const montant = l.montant(texte, e.nom, e)
      if (montant !== undefined) montants[nom] = montant
      ecrits[nom] = texte
    } else if (e.nom === 'MtSup') {
      const montant = l.montant(texte, `MtSup ${e.attributs.Code}`, e)
      if (montant !== undefined) montantsSupplementaires.push({ code: e.attributs.Code ?? '', montant })
    } else if (e.nom === 'CaracSup') caracteristiques.push({ code: e.attributs.Code ?? '', valeur: texte })
    else v[e.nom] = texte
  }
  const section = caracteristiques.find((c) => c.code === 'Section')?.valeur
  if (section !== undefined && section !== 'F' && section !== 'I')
    l.refuse('section', `La section « ${section} » n’existe pas : F ou I.`, noeud)
  if (v.OpBudg !== undefined && v.OpBudg !== '0' && v.OpBudg !== '1')
    l.refuse('ordre', `OpBudg vaut « ${v.OpBudg} » pour l’article ${v.Nature} ; 0 ou 1 sont attendus.`, noeud)
  const autres = caracteristiques.filter((c) => c.code !== 'Section')
  return {
    ecrits,
    ligne: {
      nature: v.Nature!,
      libelle: v.LibCpte,
      fonction: v.Fonction,
      operation: v.Operation,
      controle: v.ContNat,
      controleFonction: v.ContFon,
      controleOperation: v.ContOp,
      articleSpecialise: v.ArtSpe === 'true' || v.ArtSpe === '1',
      sens: v.CodRD === 'R' ? 'R' : 'D',
      ordre: v.OpBudg === '1',
      typeOrdre: v.TypOpBudg === '1' ? 'interne' : v.TypOpBudg === '2' ? 'entreSections' : undefined,
      compteTiers: v.OpeCpteTiers,
      section: section === 'F' || section === 'I' ? section : undefined,
      montants,
      montantsSupplementaires: montantsSupplementaires.length > 0 ? montantsSupplementaires : undefined,
      caracteristiques: autres.length > 0 ? autres : undefined,
    },
  }
}

/**
 * Reads a DocumentBudgetaire (BP, BS, DM, CA), or the one inside a compte financier unique. All that is wrong is told
 * at once; a blocking anomaly means that the document is refused.
 * @throws Refus when the file is no XML, or holds no budget document
 */
export function readDocumentBudgetaire(octets: Uint8Array): Lecture {
  const l = new Lecteur()
  const lignes: LigneBudgetaire[] = []
  const ecrits: Lecture['ecrits'] = []
  let lignesDeTotal = 0
  const racine = readXml(octets, {
    detache: new Set(['LigneBudget', 'LigneComptable', 'Annexes']),
    visite(noeud) {
      if (noeud.nom !== 'LigneBudget') return
      // A line without account or without sense is a total of the CFU.
      const sens = valeur(noeud, 'CodRD')
      if (!valeur(noeud, 'Nature') || !sens) {
        lignesDeTotal++
        return
      }
      if (sens !== 'D' && sens !== 'R')
        l.refuse('sens', `CodRD vaut « ${sens} » pour l’article ${valeur(noeud, 'Nature')} ; D ou R attendu.`, noeud)
      const lue = readLigne(noeud, l)
      lignes.push(lue.ligne)
      ecrits.push(lue.ecrits)
    },
  })
  const doc = racine.nom === 'DocumentBudgetaire' ? racine : child(racine, 'DocumentBudgetaire')
  if (doc?.espace !== ESPACE_BUDGETAIRE)
    throw new Refus(
      'totem.autreFichier',
      `Ce fichier n’est pas un document budgétaire : sa racine est « ${racine.nom} ». Donnez le fichier XML de TotEM ou d’Actes budgétaires.`,
      { status: 422 },
    )
  const entete = child(doc, 'EnTeteDocBudgetaire')
  const enteteBudget = at(doc, 'Budget', 'EnTeteBudget')
  const bloc = at(doc, 'Budget', 'BlocBudget')
  if (!entete || !enteteBudget || !bloc)
    throw new Refus('totem.incomplet', 'Ce document budgétaire n’a pas ses en-têtes : il est incomplet.', {
      status: 422,
    })

  const etape = l.obligatoire(bloc, 'NatDec')
  if (etape && !(etape in ETAPES))
    l.refuse(
      'etape',
      `L’étape budgétaire « ${etape} » n’existe pas ; NatDec vaut ${Object.entries(ETAPES)
        .map(([code, libelle]) => `${code} (${libelle})`)
        .join(', ')}.`,
      child(bloc, 'NatDec'),
    )
  const exer = l.obligatoire(bloc, 'Exer')
  if (exer && !/^\d{4}$/.test(exer))
    l.refuse('exercice', `L’exercice « ${exer} » n’est pas une année.`, child(bloc, 'Exer'))
  const nomenclature = l.obligatoire(enteteBudget, 'Nomenclature')
  const decoupe = splitNomenclature(nomenclature)
  if (nomenclature && !decoupe)
    l.refuse(
      'nomenclature',
      `La nomenclature « ${nomenclature} » n’existe pas. On attend une norme (${listNomenclatures().join(', ')}) et sa déclinaison, par exemple M57-M57_A.`,
      child(enteteBudget, 'Nomenclature'),
    )
  const siretBudget = l.siret(enteteBudget, 'IdEtab')
  const idColl = valeur(entete, 'IdColl')
  const siretCollectivite = idColl?.length === 9 ? idColl : l.siret(entete, 'IdColl')
  if (lignes.length === 0) l.refuse('vide', 'Ce document ne porte aucune ligne de budget.', doc)

  const numero = valeur(bloc, 'NumDec')
  const vote = (l.code(bloc, 'NatVote') ?? undefined) as NiveauVote | undefined
  const principal = { siret: valeur(bloc, 'IdEtabPal'), libelle: valeur(bloc, 'LibelleEtabPal') }
  const provisions = valeur(bloc, 'TypProv')
  return {
    ecrits,
    lignesDeTotal,
    anomalies: l.anomalies,
    document: {
      versionSchema: l.obligatoire(doc, 'VersionSchema'),
      date: l.jour(entete, 'DteStr') ?? ('' as Jour),
      poste: { codique: l.obligatoire(entete, 'IdPost'), libelle: valeur(entete, 'LibellePoste') ?? '' },
      collectivite: {
        libelle: l.obligatoire(entete, 'LibelleColl'),
        siret: siretCollectivite,
        finess: valeur(entete, 'FinJur'),
        nature: valeur(entete, 'NatCEPL') ?? '',
        departement: valeur(entete, 'Departement'),
      },
      budget: {
        libelle: l.obligatoire(enteteBudget, 'LibelleEtab'),
        siret: siretBudget,
        codeCollectivite: l.obligatoire(enteteBudget, 'CodColl'),
        codeBudget: l.obligatoire(enteteBudget, 'CodBud'),
        codeInsee: valeur(enteteBudget, 'CodInseeColl'),
        norme: decoupe?.norme ?? '',
        plan: decoupe?.plan ?? '',
        type: l.code(bloc, 'CodTypBud') ?? 'P',
        principal: principal.siret || principal.libelle ? principal : undefined,
      },
      decision: {
        etape: etape as Etape,
        numero: numero && /^\d+$/.test(numero) ? Number(numero) : undefined,
        exercice: Number(exer),
        projet: valeur(bloc, 'ProjetBudget') === 'true' || valeur(bloc, 'ProjetBudget') === '1',
        date: l.jour(bloc, 'DteDec'),
        executoire: l.jour(bloc, 'DteDecEx'),
        niveauVote: vote,
        operationsEquipement:
          valeur(bloc, 'OpeEquip') === undefined ? undefined : /^(true|1)$/.test(valeur(bloc, 'OpeEquip')!),
        budgetPrecedent: l.code(bloc, 'BudgPrec') ?? '1',
        repriseResultats: l.code(bloc, 'ReprRes') ?? '1',
        natureFonction: l.code(bloc, 'NatFonc') ?? '1',
        provisions: provisions === '1' || provisions === '2' ? provisions : undefined,
      },
      informations: children(at(doc, 'Budget', 'InformationsGenerales'), 'Information').map((i) => ({
        code: i.attributs.Code ?? '',
        valeur: i.attributs.V ?? '',
      })),
      lignes,
    },
  }
}
