import { add, inEuros, ZERO } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import { el, v, writeXml, type Xml } from '#socle/xml/ecrire.ts'
import { montant, t } from '../pes/ecrire.ts'
import type { EnTete } from '../pes/flux.ts'
import { type Acquit, type Erreur, ESPACE_RETOUR, ESPACES_ACQUIT, type PieceRetour, type Sens } from './lire.ts'

const carte = (type: string, nom: string): Xml =>
  el('Enveloppe', {}, [
    el('Parametres', {}, [v('Version', '2'), v('TypFic', type), t('NomFic', nom, 100)]),
    el('Emetteur', {}, [v('Sigle', 'HELIOS'), v('Adresse', 'SIMULATEUR')]),
  ])
const erreur = (e: Erreur): Xml => el('Erreur', {}, [v('NumAnoAck', e.code), t('LibelleAnoAck', e.libelle, 500)])

/** An ACQUIT in its second form, as the XML counter writes it. */
export function writeAcquit(acquit: Acquit, type: string): Uint8Array {
  const e = acquit.entete
  return writeXml(
    el('n:PES_ACQUIT', { 'xmlns:n': ESPACES_ACQUIT.v2 }, [
      carte(type, acquit.flux),
      el('EnTetePES', {}, [
        v('DteStr', e.date),
        v('IdPost', e.codique),
        v('IdColl', e.siret),
        v('CodCol', e.codeCollectivite),
        v('CodBud', e.codeBudget),
      ]),
      el('ACQUIT', {}, [
        el('EnTeteAcquit', {}, [v('IdVer', '2')]),
        ...acquit.elements.map((x) =>
          el('ElementACQUIT', {}, [
            v('DomaineAck', x.code),
            v('EtatAck', x.accepte ? '1' : '0'),
            v('NumBord', x.bordereau),
            v('ExerciceBord', x.exercice),
            v('IdUnique', x.idUnique),
            ...x.erreurs.map(erreur),
            ...x.pieces.map((p) =>
              el('DetailPiece', {}, [
                v('NumPiece', p.numero),
                ...p.erreurs.map(erreur),
                ...p.lignes.map((l) => el('DetailLigne', {}, [v('NumLigne', l.numero), ...l.erreurs.map(erreur)])),
              ]),
            ),
          ]),
        ),
      ]),
    ]),
    'ISO-8859-1',
  )
}

const ETAT: Record<Sens, Record<PieceRetour['etat'], string>> = {
  D: { suspendue: '01', priseEnCharge: '02', rejetee: '04', soldee: '05', annulee: '04' },
  R: { suspendue: '01', priseEnCharge: '02', rejetee: '04', soldee: '02', annulee: '05' },
}
const ETAT_LIGNE: Record<Sens, Record<PieceRetour['etat'], string>> = {
  D: { suspendue: '16', priseEnCharge: '01', rejetee: '02', soldee: '01', annulee: '02' },
  R: { suspendue: '03', priseEnCharge: '04', rejetee: '01', soldee: '05', annulee: '02' },
}

function piece(p: PieceRetour): Xml {
  const depense = p.sens === 'D'
  const info = [
    v('IdPce', p.numero),
    v('TypPce', p.type),
    v('NatPce', p.nature),
    t('Obj', p.objet, 100),
    v('DtePcePec', p.etat === 'priseEnCharge' || p.etat === 'soldee' ? p.date : undefined),
    v('EtatPce', ETAT[p.sens][p.etat]),
    t('ObsEtat', p.motif, 100),
    v('DtePceRej', p.etat === 'rejetee' ? p.date : undefined),
    v('DtePceInst', p.etat === 'suspendue' ? p.date : undefined),
  ]
  const regle = p.regle > ZERO ? inEuros(p.regle) : undefined
  return el('Piece', {}, [
    el(depense ? 'InfoPiece' : 'BlocPiece', {}, info),
    el('LigneDePiece', {}, [
      el('BlocLignePiece', {}, [
        el('InfoLignePiece', {}, [
          v('IdLigne', '1'),
          v('EtatLigPce', ETAT_LIGNE[p.sens][p.etat]),
          montant('MtHT', p.montant),
        ]),
        regle === undefined
          ? undefined
          : depense
            ? el('InfoPaiement', {}, [v('NbrPay', '1'), v('MtPayTot', regle)])
            : el('InfoRecouvrement', {}, [v('NbrReco', '1'), v('MtRecoTot', regle)]),
      ]),
      regle === undefined
        ? undefined
        : depense
          ? el('PaiementEmargement', {}, [v('OrgEma', '01'), v('DtePay', p.dernierReglement), v('MtPay', regle)])
          : el('EncaissementEmargement', {}, [v('OrgEma', '02'), v('DteReco', p.dernierReglement), v('MtReco', regle)]),
    ]),
  ])
}

/** A PES Retour of one sense: one bordereau after the other. */
export function writeRetour(nom: string, entete: EnTete, date: Jour, pieces: readonly PieceRetour[]): Uint8Array {
  const domaine = (sens: Sens): Xml | undefined => {
    const siennes = pieces.filter((p) => p.sens === sens)
    if (siennes.length === 0) return undefined
    const parBordereau = Map.groupBy(siennes, (p) => `${p.exercice}/${p.typeBordereau}/${p.bordereau}`)
    const type = sens === 'D' ? 'Depense' : 'Recette'
    return el(`PES_${type}Retour`, {}, [
      el(`EnTete${type}`, {}, [v('TypRestit', 'FD'), v('IdVer', '2'), v('NatInf', '2')]),
      ...[...parBordereau.values()].map((b) =>
        el('Bordereau', {}, [
          el('BlocBordereau', {}, [
            v('Exer', b[0]!.exercice),
            v('IdBord', b[0]!.bordereau),
            v('TypBord', b[0]!.typeBordereau),
          ]),
          ...b.map(piece),
        ]),
      ),
    ])
  }
  return writeXml(
    el('n:PES_Retour', { 'xmlns:n': ESPACE_RETOUR }, [
      carte('PESRETOUR', nom),
      el('EnTetePES', {}, [
        v('DteStr', date),
        v('IdPost', entete.codique),
        v('IdColl', entete.siret),
        v('CodColl', entete.codeCollectivite),
        v('CodBud', entete.codeBudget),
      ]),
      domaine('D'),
      domaine('R'),
    ]),
    'ISO-8859-1',
  )
}

export const totalOf = (
  lignes: { montantHt: PieceRetour['montant']; montantTva?: PieceRetour['montant'] | undefined }[],
) => lignes.reduce((s, l) => add(s, add(l.montantHt, l.montantTva ?? ZERO)), ZERO)
